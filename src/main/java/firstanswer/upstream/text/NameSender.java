package firstanswer.upstream.text;

import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.TextCodec;
import firstanswer.dns.DomainName;
import firstanswer.transport.tcp.OutgoingConnection;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends the names that are pending: all at once or, to a bare server, one at a time. A bare server
 * gets the next name after its answer or, because a miss is silence, after a gap.
 */
final class NameSender {

  /** The messages of the timers that this class starts. */
  enum Timer implements TsProxy.Message {
    GAP_OVER,
    ASK_AGAIN
  }

  private static final int GAPS_BEFORE_ASKING_AGAIN = 20;

  private final PendingQueries pending;
  private final Framing framing;
  private final Duration bareGap;
  private final TimerScheduler<TsProxy.Message> timers;
  private Optional<DomainName> beingAsked = Optional.empty();

  NameSender(
      PendingQueries pending,
      Framing framing,
      Duration bareGap,
      TimerScheduler<TsProxy.Message> timers) {
    this.pending = pending;
    this.framing = framing;
    this.bareGap = bareGap;
    this.timers = timers;
  }

  /**
   * Sends the names that may be sent now. A name that the connection does not take stays pending.
   *
   * @return whether any name was sent
   */
  boolean sendOver(OutgoingConnection<String> connection) {
    boolean sent = false;
    while (beingAsked.isEmpty()) {
      Optional<DomainName> next = pending.nextToSend();
      if (next.isEmpty()) {
        askAgainLater();
        return sent;
      }
      if (connection.send(spelled(next.get())) != OutgoingConnection.Sending.ACCEPTED) {
        return sent;
      }
      sent = true;
      pending.sent(next.get());
      if (framing == Framing.BARE) {
        beingAsked = next;
        timers.startSingleTimer(Timer.GAP_OVER, bareGap);
      }
    }
    return sent;
  }

  /**
   * The name in the spelling of the client, unless the server would take it for the end of the
   * conversation.
   */
  private static String spelled(DomainName name) {
    String written = name.toString();
    return written.equals(TextCodec.END_OF_CONVERSATION) ? name.key() : written;
  }

  /**
   * Sends the unanswered names once more, later, if no other name is to be sent. A bare server that
   * was busy for longer than the gap reads two names as one, and answers neither.
   */
  private void askAgainLater() {
    if (framing == Framing.BARE
        && pending.hasSentOnce()
        && !timers.isTimerActive(Timer.ASK_AGAIN)) {
      timers.startSingleTimer(Timer.ASK_AGAIN, bareGap.multipliedBy(GAPS_BEFORE_ASKING_AGAIN));
    }
  }

  /** The server has answered {@code name}. */
  void onAnswerTo(DomainName name) {
    if (beingAsked.filter(name::equals).isPresent()) {
      beingAsked = Optional.empty();
      timers.cancel(Timer.GAP_OVER);
    }
  }

  /** The server has been silent for a gap. */
  void onGapOver() {
    beingAsked = Optional.empty();
  }

  /** The server has been silent long enough to get the names once more. */
  void onAskAgain() {
    pending.sendOnceMore();
  }

  /** The connection is gone: the next connection gets all names. */
  void onLost() {
    beingAsked = Optional.empty();
    pending.unsendAll();
  }
}
