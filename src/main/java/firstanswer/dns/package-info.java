/**
 * The words of the domain: names, questions, answers. Plain values; imports nothing of the project,
 * no Akka, no I/O.
 */
package firstanswer.dns;
