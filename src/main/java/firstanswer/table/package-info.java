/**
 * Table servers: an immutable table, the files it is read from, the actor that owns it. Imports
 * {@code resolver}, {@code codec.text}, {@code dns}.
 */
package firstanswer.table;
