package firstanswer.table;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The immutable table of a table server: the name lists and zones of all its files. The cost of a
 * look-up does not grow with the size of the table.
 *
 * <p>If several files hold a name, the best result wins, in the order of {@link LookUpResult#rank}.
 * Among equally good results, the first one wins; name lists come before zones.
 *
 * <p>If several zones contain a name, the closest one decides. An outer zone adds only the records
 * that it holds at exactly this name: neither its wildcards nor its NXDOMAIN reach into another
 * zone. A name above the apex of a zone exists, since the apex does (RFC 8020).
 */
public final class Table {
  private final List<NameList> nameLists;
  private final Map<Name, Zone> zones;
  private final Set<Name> aboveZones = new HashSet<>();

  /**
   * Makes a table of name lists and zones; the caller must not change these afterwards.
   *
   * @param nameLists in the order of their files
   * @param zones by apex
   */
  public Table(List<NameList> nameLists, Map<Name, Zone> zones) {
    this.nameLists = nameLists;
    this.zones = zones;
    zones.keySet().forEach(this::addAncestors);
  }

  private void addAncestors(Name apex) {
    for (int labels = 1; labels < apex.labels(); labels++) {
      aboveZones.add(new Name(apex, labels));
    }
  }

  /** The answer in the text protocol; empty if the table has no IPv4 address of {@code name}. */
  public Optional<Answer.Positive> line(DomainName name) {
    for (NameList list : nameLists) {
      Optional<String> line = list.line(name);
      if (line.isPresent()) {
        return line.map(Answer.Positive::line);
      }
    }
    return zones.isEmpty()
        ? Optional.empty()
        : CnameChain.follow(this, DnsjavaNames.of(name), Type.A).line().map(Answer.Positive::line);
  }

  /** The answer in DNS; a negative answer, too, has a whole message. */
  public Answer answer(Question question, Manner.Dns manner) {
    Name name = DnsjavaNames.of(question.name());
    return DnsAnswer.of(question, manner, CnameChain.follow(this, name, question.type()));
  }

  /** The number of names; a name in two files counts twice. */
  public int size() {
    return nameLists.stream().mapToInt(NameList::size).sum()
        + zones.values().stream().mapToInt(Zone::size).sum();
  }

  /** The best result of all files. */
  LookUpResult lookUp(Name name, int type) {
    LookUpResult best =
        aboveZones.contains(name) ? LookUpResult.Nothing.NODATA : LookUpResult.Nothing.NXDOMAIN;
    for (NameList list : nameLists) {
      best = best.orBetter(list.lookUp(name, type));
    }
    Optional<Zone> closest = zoneOf(name);
    if (closest.isEmpty()) {
      return best;
    }
    best = best.orBetter(closest.get().lookUp(name, type));
    Optional<Zone> outer = zoneAround(closest.get());
    while (!(best instanceof LookUpResult.Found) && outer.isPresent()) {
      LookUpResult there = outer.get().lookUpWithoutWildcards(name, type);
      best = there instanceof LookUpResult.Nothing ? best : best.orBetter(there);
      outer = zoneAround(outer.get());
    }
    return best;
  }

  /** The zone closest around {@code name}; empty if no zone of the table contains the name. */
  Optional<Zone> zoneOf(Name name) {
    if (zones.isEmpty()) {
      return Optional.empty();
    }
    for (int labels = 0; labels < name.labels(); labels++) {
      Zone zone = zones.get(new Name(name, labels));
      if (zone != null) {
        return Optional.of(zone);
      }
    }
    return Optional.empty();
  }

  private Optional<Zone> zoneAround(Zone zone) {
    return zones.size() > 1 && zone.apex().labels() > 1
        ? zoneOf(new Name(zone.apex(), 1))
        : Optional.empty();
  }
}
