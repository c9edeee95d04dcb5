/**
 * Which clients may ask, how much and how often: the access list, rates, queries in flight and
 * connections, for every listener. {@link firstanswer.access.Admission} is the way in.
 *
 * <p>May import {@code rate}, {@code resolver}, {@code transport}, {@code config} and {@code dns}.
 */
package firstanswer.access;
