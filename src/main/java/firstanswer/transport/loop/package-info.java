/**
 * The thread on which queries live: it waits for sockets and runs actors.
 *
 * <p>May import nothing of the project.
 */
package firstanswer.transport.loop;
