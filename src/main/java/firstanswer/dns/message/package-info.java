/**
 * Finds the parts of a DNS message (RFC 1035 section 4) in its bytes. Pure, and bounded in time and
 * memory for any bytes. Imports nothing of the project.
 */
package firstanswer.dns.message;
