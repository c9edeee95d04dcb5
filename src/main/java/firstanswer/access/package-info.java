/**
 * Which clients may ask, how much and how often: the access list, rates, queries in flight and
 * connections, for every listener. {@link firstanswer.access.Admission} is the way in.
 *
 * <p>May import {@code clock}, {@code config}, {@code dns}, {@code rate} and {@code transport.tcp}.
 */
package firstanswer.access;
