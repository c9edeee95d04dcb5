/**
 * The batch: reads names, asks one server for them, keeps their order, writes the results, shows
 * the progress and counts. Imports {@code resolver}, {@code transport}, {@code codec.text}, {@code
 * codec.wire}, {@code dns}, {@code config}.
 */
package firstanswer.client;
