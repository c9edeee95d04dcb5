package firstanswer.table;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * An immutable table: what the files of a table server hold, together. A look-up costs the same
 * whatever their size.
 *
 * <p>The best that any file has of a name is the answer, in the order of verdicts; of equally good
 * ones the first, and those of files that list single names come before zones. Among zones the one
 * closest around the name decides; those further out count only for records that they have at the
 * very name, since neither their wildcards nor their "no" reach into another zone.
 */
public final class Table {
  private final List<Records> listed;
  private final Map<Name, ZoneRecords> zones;

  /**
   * Takes over both.
   *
   * @param listed of the files without zones
   * @param zones by apex
   */
  Table(List<Records> listed, Map<Name, ZoneRecords> zones) {
    this.listed = listed;
    this.zones = zones;
  }

  /** The answer in the text protocol, if there is an IPv4 address to give. */
  public Optional<Answer.Positive> line(DomainName name) {
    for (Records file : listed) {
      Optional<String> line = file.line(name);
      if (line.isPresent()) {
        return line.map(Answer.Positive::line);
      }
    }
    return zones.isEmpty()
        ? Optional.empty()
        : Chain.follow(this, WireNames.of(name), Type.A).line().map(Answer.Positive::line);
  }

  /** The answer in DNS, a whole message for "no", too. */
  public Answer answer(Question question, Manner.Dns manner) {
    Chain chain = Chain.follow(this, WireNames.of(question.name()), question.type());
    return DnsAnswer.of(question, manner, chain);
  }

  /** The number of names, those counted twice that are in two files. */
  public int size() {
    return listed.stream().mapToInt(Records::size).sum()
        + zones.values().stream().mapToInt(Records::size).sum();
  }

  /** The best that any file has. */
  Finding find(Name name, int type) {
    Finding best = Finding.Nothing.NXDOMAIN;
    for (Records file : listed) {
      best = best.orBetter(file.find(name, type));
    }
    Optional<ZoneRecords> zone = zoneOf(name);
    if (zone.isEmpty()) {
      return best;
    }
    best = best.orBetter(zone.get().find(name, type));
    Name apex = zone.get().apex();
    while (best.rank() > 0 && apex.labels() > 1 && zones.size() > 1) {
      Optional<ZoneRecords> outer = zoneOf(new Name(apex, 1));
      if (outer.isEmpty()) {
        return best;
      }
      Finding there = outer.get().findExact(name, type);
      best = there instanceof Finding.Nothing ? best : best.orBetter(there);
      apex = outer.get().apex();
    }
    return best;
  }

  /** The zone closest around {@code name}. */
  Optional<ZoneRecords> zoneOf(Name name) {
    if (zones.isEmpty()) {
      return Optional.empty();
    }
    for (int labels = 0; labels < name.labels(); labels++) {
      ZoneRecords zone = zones.get(new Name(name, labels));
      if (zone != null) {
        return Optional.of(zone);
      }
    }
    return Optional.empty();
  }
}
