/**
 * Pure decisions: the upstreams to ask and when ({@link firstanswer.race.Policy}, {@link
 * firstanswer.race.Race}), the answer that wins ({@link firstanswer.race.WinningAnswer}), and the
 * experience of past queries ({@link firstanswer.race.Experience}). No clock, no threads.
 *
 * <p>May import {@code dns} and {@code resolver}. No Akka.
 */
package firstanswer.race;
