/**
 * The table server: the actor {@link firstanswer.table.TsServer}, the immutable {@link
 * firstanswer.table.Table} that it answers from, the look-up of a name in that table, and the
 * making of the answer. The readers of the table files are in {@code table.file}; this package does
 * not know them.
 *
 * <p>May import {@code actor}, {@code clock}, {@code codec.text}, {@code dns} and {@code resolver}.
 */
package firstanswer.table;
