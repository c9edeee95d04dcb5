/** What Akka's Java API lacks. Imports nothing of the project. */
package firstanswer.actor;
