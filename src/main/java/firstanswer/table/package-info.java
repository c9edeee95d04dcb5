/**
 * Table servers: an immutable table, the files it is read from (names, hosts, zones), the actor
 * that owns it. Imports {@code resolver}, {@code codec.text}, {@code dns}, {@code config}.
 */
package firstanswer.table;
