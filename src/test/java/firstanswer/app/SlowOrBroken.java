package firstanswer.app;

import firstanswer.testing.Arrivals;
import firstanswer.testing.CutNameServer;
import firstanswer.testing.ScriptedNameServer;
import firstanswer.testing.ScriptedNameServer.Script;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;

/** A name server that is slow or broken in one way. If it has records, it holds every name. */
enum SlowOrBroken {
  SLOW_1500(Nature.HOLDS),
  SLOW_3000(Nature.HOLDS),
  SILENT(Nature.DEAD),
  CUT_AND_TCP_REFUSED(Nature.LIVES_UNHEARD),
  CUT_AND_ONE_ANSWER_PER_CONNECTION(Nature.HOLDS),
  HOST_UNKNOWN(Nature.DEAD),
  NO_ROUTE(Nature.DEAD),
  ONLY_SERVFAIL(Nature.FAILS),
  ONLY_REFUSED(Nature.REFUSES);

  /** The property of a server that the verdict depends on. */
  enum Nature {
    /** Gives the right answer, before the deadline. */
    HOLDS,
    /** Nothing at all comes from it. */
    DEAD,
    /** Something comes from it, but never an answer. */
    LIVES_UNHEARD,
    /** Reports that it cannot answer. */
    FAILS,
    /** Reports that the name is none of its own. */
    REFUSES
  }

  /**
   * A server that runs, or an address where none does.
   *
   * @param address host and port
   * @param arrivals none where nobody is
   */
  record Running(String address, Arrivals arrivals, Closeable process) implements Closeable {
    /** As an upstream of the load balancer. */
    String uri() {
      return "dns://" + address;
    }

    @Override
    public void close() throws IOException {
      process.close();
    }
  }

  private final Nature nature;

  SlowOrBroken(Nature nature) {
    this.nature = nature;
  }

  Nature nature() {
    return nature;
  }

  Running start() throws IOException {
    return switch (this) {
      case SLOW_1500 -> scripted(Script.POSITIVE.after(1500));
      case SLOW_3000 -> scripted(Script.POSITIVE.after(3000));
      case SILENT -> scripted(Script.SILENCE.after(0));
      case CUT_AND_TCP_REFUSED -> cut(CutNameServer.refusingTcp());
      case CUT_AND_ONE_ANSWER_PER_CONNECTION -> cut(CutNameServer.answeringOncePerConnection());
      // RFC 6761 section 6.4: there is no such host anywhere.
      case HOST_UNKNOWN -> nobodyAt("no-such-host.invalid:53");
      // A datagram to this address cannot be sent without the option SO_BROADCAST.
      case NO_ROUTE -> nobodyAt("255.255.255.255:53");
      case ONLY_SERVFAIL -> scripted(Script.SERVFAIL.after(0));
      case ONLY_REFUSED -> scripted(Script.REFUSED.after(0));
    };
  }

  /** A server that does the same to each question. */
  static Running scripted(String script) throws IOException {
    ScriptedNameServer server = new ScriptedNameServer(0);
    server.always(script);
    return new Running("127.0.0.1:" + server.port(), server.arrivals(), server::close);
  }

  private static Running cut(CutNameServer server) {
    return new Running("127.0.0.1:" + server.port(), server.arrivals(), server);
  }

  private static Running nobodyAt(String address) {
    return new Running(address, new Arrivals(), () -> {});
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
