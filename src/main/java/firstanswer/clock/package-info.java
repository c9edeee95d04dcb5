/**
 * The clock of the process.
 *
 * <p>May import nothing of the project. No Akka.
 */
package firstanswer.clock;
