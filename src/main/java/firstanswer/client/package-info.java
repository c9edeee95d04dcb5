/**
 * The batch client: sends names, keeps their order, writes the results. Imports {@code resolver},
 * {@code codec.text}, {@code codec.wire}, {@code dns}, {@code config}.
 */
package firstanswer.client;
