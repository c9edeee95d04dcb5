/**
 * The readers of table files: three-field files, hosts files and zone files. {@link
 * firstanswer.table.file.TableFiles} reads all files of one table server into a {@link
 * firstanswer.table.Table} and reports every bad line. A new file format goes here and touches
 * nothing in {@code table}.
 *
 * <p>May import {@code codec.text}, {@code config}, {@code dns} and {@code table}. No Akka.
 */
package firstanswer.table.file;
