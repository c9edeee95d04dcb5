/**
 * Akka's ask pattern in the form that this project needs, which its Java API lacks.
 *
 * <p>May import nothing of the project.
 */
package firstanswer.actor;
