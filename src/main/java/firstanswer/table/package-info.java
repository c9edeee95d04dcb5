/**
 * The table server: the actor {@link firstanswer.table.TsServer}, the immutable {@link
 * firstanswer.table.Table} that it answers from, the look-up of a name in the table, and the answer
 * to the question. The readers of table files are in {@code table.file}, and unknown here.
 *
 * <p>May import {@code actor}, {@code clock}, {@code codec.text}, {@code dns} and {@code resolver}.
 */
package firstanswer.table;
