package firstanswer.table.file;

import java.io.IOException;
import java.util.OptionalLong;
import org.xbill.DNS.DClass;
import org.xbill.DNS.TTL;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/**
 * The fields of a master file entry between owner and data (RFC 1035 section 5.1).
 *
 * @param ttlSeconds the TTL that the entry states or inherits; empty if the entry has no TTL
 */
record EntryFields(int dclass, OptionalLong ttlSeconds, int type) {

  /**
   * Reads class, TTL and type. Class and TTL may be missing and stand in either order.
   *
   * @param inheritedTtl the TTL of an entry that states none
   * @throws IOException with a message for people
   */
  static EntryFields read(Tokenizer tokens, OptionalLong inheritedTtl) throws IOException {
    int dclass = -1;
    OptionalLong ttl = OptionalLong.empty();
    String field = tokens.getString();
    while (true) {
      if (dclass < 0 && DClass.value(field) >= 0) {
        dclass = DClass.value(field);
      } else if (ttl.isEmpty() && !field.isEmpty() && Character.isDigit(field.charAt(0))) {
        ttl = OptionalLong.of(parseTtl(field));
      } else {
        break;
      }
      field = tokens.getString();
    }
    return new EntryFields(
        dclass < 0 ? DClass.IN : dclass, ttl.isEmpty() ? inheritedTtl : ttl, parseType(field));
  }

  private static long parseTtl(String field) throws IOException {
    try {
      return TTL.parseTTL(field);
    } catch (NumberFormatException e) {
      throw new IOException("expected a TTL, class or type, found \"" + field + "\"", e);
    }
  }

  private static int parseType(String field) throws IOException {
    int type = Type.value(field);
    if (type < 0) {
      throw new IOException("expected a record type such as A, found \"" + field + "\"");
    }
    return type;
  }

  /**
   * The TTL, which all records but an SOA need.
   *
   * @throws IOException with a message for people, if the entry has no TTL
   */
  long requiredTtlSeconds() throws IOException {
    return ttlSeconds.orElseThrow(
        () -> new IOException("expected a TTL here, in a $TTL or in an earlier entry, found none"));
  }
}
