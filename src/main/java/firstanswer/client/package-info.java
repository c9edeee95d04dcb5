/**
 * The batch: reads names, asks one server for them, keeps their order, writes the results, shows
 * the progress and counts.
 *
 * <p>May import {@code clock}, {@code codec.text}, {@code codec.wire}, {@code config}, {@code dns},
 * {@code resolver} and {@code transport.tcp}.
 */
package firstanswer.client;
