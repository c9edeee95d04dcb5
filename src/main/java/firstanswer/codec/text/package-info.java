/**
 * The text protocol, bytes and lines to the domain and back. Pure: no Akka, no I/O, no clock.
 * Imports {@code dns} only.
 */
package firstanswer.codec.text;
