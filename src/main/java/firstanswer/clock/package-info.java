/** The clock of the process. May import nothing of the project. */
package firstanswer.clock;
