/** The parts of the soak test: clients that mean harm, each in one way, and clients that do not. */
package firstanswer.testing.attack;
