package firstanswer.app;

import firstanswer.app.SlowOrBroken.Nature;
import firstanswer.testing.ScriptedNameServer.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One cell of the matrix: a load balancer with an odd server, which is slow or broken, and another
 * server.
 *
 * @param inFlight how many clients ask at once, each for a name of its own
 */
record SlowOrBrokenCell(SlowOrBroken odd, Other other, String policy, int inFlight) {
  private static final List<String> POLICIES = List.of("race", "hedge", "fallback");
  private static final List<Integer> IN_FLIGHT = List.of(1, 8, 100);

  /** A query waits this long at the most, and a busy machine adds to it. */
  private static final int MAX_MILLIS = 5500;

  /** Far below the deadline, so it has not been waited for; far above what an answer takes. */
  private static final int QUICK_MILLIS = 1500;

  /** The behaviour of the other server, which answers at once. */
  enum Other {
    HOLDS(Script.POSITIVE),
    DENIES(Script.NXDOMAIN),
    IS_SILENT(Script.SILENCE);

    private final Script script;

    Other(Script script) {
      this.script = script;
    }

    String script() {
      return script.after(0);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** When a query is sent. */
  enum Round {
    /** All at once, to a load balancer that knows nothing about its servers yet. */
    FIRST,
    /** One at a time, until it must be known whether the odd server is dead. */
    BETWEEN,
    /** All at once, when it must be known. */
    LATER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static List<SlowOrBrokenCell> all() {
    List<SlowOrBrokenCell> cells = new ArrayList<>();
    for (SlowOrBroken odd : SlowOrBroken.values()) {
      for (Other other : Other.values()) {
        for (String policy : POLICIES) {
          IN_FLIGHT.forEach(n -> cells.add(new SlowOrBrokenCell(odd, other, policy, n)));
        }
      }
    }
    return cells;
  }

  /**
   * The outcomes that a client may be told. An odd server that was asked so late that it could not
   * answer before the deadline was not heard.
   */
  Set<Said> allowed(boolean oddAnsweredInTime) {
    if (other == Other.HOLDS) {
      return Set.of(Said.POSITIVE);
    }
    if (odd.nature() == Nature.HOLDS) {
      return oddAnsweredInTime && !needsManyConnections()
          ? Set.of(Said.POSITIVE)
          : Set.of(Said.POSITIVE, Said.NOT_HEARD);
    }
    return other == Other.DENIES ? besideADenial() : besideSilence();
  }

  /**
   * A busy machine may not open a hundred connections, one after the other, before the deadline.
   */
  private boolean needsManyConnections() {
    return odd == SlowOrBroken.CUT_AND_ONE_ANSWER_PER_CONNECTION && inFlight == 100;
  }

  private Set<Said> besideADenial() {
    return switch (odd.nature()) {
      case HOLDS -> Set.of(Said.POSITIVE);
      // Rule 4: at the deadline, who is down by then no longer counts.
      case DEAD -> Set.of(Said.NO_WITHOUT);
      // Rule 3: not heard, and counts at the deadline.
      case LIVES_UNHEARD -> Set.of(Said.NOT_HEARD);
      // Rule 2: a "no" beside SERVFAIL counts as said without that server; REFUSED means "not
      // mine".
      case FAILS -> Set.of(Said.NO_WITHOUT);
      case REFUSES -> Set.of(Said.NO);
    };
  }

  private Set<Said> besideSilence() {
    return switch (odd.nature()) {
      case HOLDS -> Set.of(Said.POSITIVE);
      case DEAD, LIVES_UNHEARD -> Set.of(Said.NOT_HEARD);
      // The other one may be down by the deadline; then what the odd one has said counts.
      case FAILS, REFUSES -> Set.of(Said.NOT_HEARD, Said.FAILURE);
    };
  }

  /** How long a client may have to wait. Nobody waits for a server that is known to be dead. */
  int maxMillis(Round round) {
    boolean quick =
        other == Other.DENIES
            && switch (odd.nature()) {
              case FAILS, REFUSES -> true;
              case DEAD -> round == Round.LATER;
              case HOLDS, LIVES_UNHEARD -> false;
            };
    return quick ? QUICK_MILLIS : MAX_MILLIS;
  }

  /** Whether it shows in the answers that the odd server is known to be dead. */
  boolean showsDeath() {
    return odd.nature() == Nature.DEAD && other == Other.DENIES;
  }

  @Override
  public String toString() {
    return odd + ", the other " + other + ", " + policy + ", " + inFlight + " in flight";
  }
}
