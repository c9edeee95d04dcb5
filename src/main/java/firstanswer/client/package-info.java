/**
 * The batch client: sends names, keeps their order, writes the results. Imports {@code resolver},
 * {@code framing}, {@code codec.text}, {@code codec.wire}, {@code dns}, {@code settings}.
 */
package firstanswer.client;
