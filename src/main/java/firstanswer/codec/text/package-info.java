/**
 * The text protocol from bytes to values and back. Pure: no I/O, no clock.
 *
 * <p>May import {@code dns}. No Akka.
 */
package firstanswer.codec.text;
