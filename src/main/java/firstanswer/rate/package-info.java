/** Token buckets, for clients and for upstreams. Imports {@code resolver} for its clock. */
package firstanswer.rate;
