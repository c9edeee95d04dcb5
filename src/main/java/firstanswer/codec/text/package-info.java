/**
 * The text protocol from bytes to values and back. Pure: no Akka, no I/O, no clock. Imports {@code
 * dns} only.
 */
package firstanswer.codec.text;
