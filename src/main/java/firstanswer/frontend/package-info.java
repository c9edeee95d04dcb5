/**
 * What listens: takes queries in one protocol, asks a resolver, writes its answers in that
 * protocol. Imports {@code resolver}, {@code transport}, {@code codec.text}, {@code codec.wire},
 * {@code dns}, {@code config}.
 */
package firstanswer.frontend;
