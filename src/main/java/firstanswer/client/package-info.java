/**
 * The batch client: sends names, keeps their order, writes the results. Imports {@code framing},
 * {@code codec.text}, {@code dns}, {@code settings}.
 */
package firstanswer.client;
