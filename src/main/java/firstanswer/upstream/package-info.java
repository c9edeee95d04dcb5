/**
 * The proxies that stand for upstreams, and how each is reached: an actor in this process, the text
 * protocol, DNS. Imports {@code resolver}, {@code transport}, {@code codec.text}, {@code
 * codec.wire}, {@code dns}, {@code config}.
 */
package firstanswer.upstream;
