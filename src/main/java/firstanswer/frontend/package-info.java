/**
 * What listens: takes queries in one protocol, asks a resolver, writes its answers in that
 * protocol. Imports {@code resolver}, {@code framing}, {@code codec.text}, {@code dns}, {@code
 * settings}.
 */
package firstanswer.frontend;
