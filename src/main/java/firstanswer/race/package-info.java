/**
 * Pure decisions: which upstreams to ask and when ({@link firstanswer.race.Policy}, {@link
 * firstanswer.race.Race}), which answer wins ({@link firstanswer.race.WinningAnswer}), and what
 * past queries have shown ({@link firstanswer.race.Experience}). No clock, no threads.
 *
 * <p>May import {@code dns} and {@code resolver}. No Akka.
 */
package firstanswer.race;
