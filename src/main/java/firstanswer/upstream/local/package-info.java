/** An upstream in this process. Imports {@code tsproxy}, {@code table}. */
package firstanswer.upstream.local;
