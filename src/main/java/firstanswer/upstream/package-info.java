/**
 * The proxies that stand for upstreams, and how each is reached: an actor in this process, the text
 * protocol. Imports {@code resolver}, {@code framing}, {@code codec.text}, {@code dns}, {@code
 * settings}.
 */
package firstanswer.upstream;
