/**
 * Whom to ask, and when: pure decisions, and what they are based on. Knows no Akka. Imports {@code
 * dns} and, of {@code resolver}, how a server fares.
 */
package firstanswer.race;
