/**
 * Token buckets, for clients and for upstreams.
 *
 * <p>May import {@code clock}. No Akka.
 */
package firstanswer.rate;
