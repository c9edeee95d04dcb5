package firstanswer.table;

import firstanswer.codec.text.TextCodec;
import firstanswer.dns.DomainName;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What one file of a table holds. Immutable; a look-up costs the same whatever the size. */
interface Records {
  /** The time to live of records from files that state none. */
  int TTL_SECONDS = 60;

  /** What it holds of {@code type} for {@code name}, ignoring case; the class is IN. */
  Finding find(Name name, int type);

  /**
   * The answer for {@code name} in the text protocol: its first address of IPv4, the name in the
   * spelling of the file.
   */
  default Optional<String> line(DomainName name) {
    return find(WireNames.of(name), Type.A) instanceof Finding.Found found
        ? Optional.of(line(found.records().get(0).getName(), found.records().get(0)))
        : Optional.empty();
  }

  /** The answer in the text protocol that {@code name} has the address in {@code record}, an A. */
  static String line(Name name, Record record) {
    return TextCodec.positive(name.toString(true), record.rdataToString());
  }

  /** The number of names. */
  int size();
}
