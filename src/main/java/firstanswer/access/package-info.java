/**
 * Admits clients and their queries: the access list and the limits of rates, queries in flight and
 * connections, for every listener. The listeners call {@link firstanswer.access.Admission}.
 *
 * <p>May import {@code clock}, {@code config}, {@code congestion}, {@code dns}, {@code rate} and
 * {@code transport.tcp}.
 */
package firstanswer.access;
