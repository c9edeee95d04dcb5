package firstanswer.upstream.dns;

import firstanswer.codec.wire.AnswerReader;
import firstanswer.codec.wire.UpstreamResponse;
import firstanswer.dns.Answer;
import firstanswer.transport.tcp.OutgoingConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The TCP side of a name server: one connection, opened when a question needs it, over which
 * questions follow each other without waiting (RFC 7766 section 6.2.1). A question whose connection
 * is lost is sent on one more; then it has failed.
 */
final class TcpFallback {
  private static final int MAX_CONNECTIONS_LOST = 2;

  private final Attempts attempts;
  private final IntFunction<OutgoingConnection<byte[]>> opener;
  private Optional<OutgoingConnection<byte[]>> connection = Optional.empty();
  private boolean connected;
  private int number;
  private long unexpected;

  /**
   * No connection yet.
   *
   * @param opener begins to open the connection of that number; its events are to come to {@link
   *     #on}
   */
  TcpFallback(Attempts attempts, IntFunction<OutgoingConnection<byte[]>> opener) {
    this.attempts = attempts;
    this.opener = opener;
  }

  /** Asks over TCP what has been asked over UDP. */
  void take(Attempt attempt) {
    attempts.move(attempt, Attempts.TCP);
    sendIfConnected(attempt);
  }

  /** What comes earlier is sent when the connection stands. */
  private void sendIfConnected(Attempt attempt) {
    if (connected) {
      send(attempt);
    } else {
      open();
    }
  }

  private void open() {
    if (connection.isEmpty()) {
      connection = Optional.of(opener.apply(number));
    }
  }

  /** What meets a connection that is closing waits to hear that it is lost. */
  private void send(Attempt attempt) {
    if (connection.orElseThrow().send(attempt.query()) == OutgoingConnection.Sending.BUSY) {
      attempts.settle(attempt, cut("busy"));
    }
  }

  private static Answer cut(String reason) {
    return new Answer.Unheard(Answer.Unheard.Cause.CUT, "TCP: " + reason);
  }

  /** Something has happened to the connection of that number. */
  void on(int eventNumber, OutgoingConnection.Event<byte[]> event) {
    if (event instanceof OutgoingConnection.Opening<?> opening) {
      opening.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
    } else if (event instanceof OutgoingConnection.Messages<byte[]> received) {
      received.messages().forEach(this::receive);
      received.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
    } else if (eventNumber == number && event instanceof OutgoingConnection.Established) {
      connected = true;
      attempts.overTcp().forEach(this::send);
    } else if (eventNumber == number && event instanceof OutgoingConnection.Closed<?> closed) {
      lose(closed.reason());
    }
  }

  private void receive(byte[] message) {
    Optional<Attempt> attempt = AnswerReader.id(message).flatMap(id -> attempts.find(0, id));
    Optional<UpstreamResponse> response =
        attempt.flatMap(a -> AnswerReader.read(a.query(), message));
    response.ifPresentOrElse(r -> onResponse(attempt.orElseThrow(), r), () -> unexpected++);
  }

  private void onResponse(Attempt attempt, UpstreamResponse response) {
    if (response.rejectsEdns()) {
      attempts.dropEdns(attempt);
      sendIfConnected(attempt);
    } else {
      attempts.settle(attempt, response.answer());
    }
  }

  private void lose(String reason) {
    number++;
    connected = false;
    connection = Optional.empty();
    List<Attempt> lost = attempts.overTcp();
    for (Attempt attempt : lost) {
      if (attempt.loseConnection() == MAX_CONNECTIONS_LOST) {
        attempts.settle(attempt, cut(reason));
      } else {
        open();
      }
    }
  }

  /** Answers that nobody waited for. */
  long unexpected() {
    return unexpected;
  }

  /** Closes the connection, if there is one. */
  void close() {
    connection.ifPresent(OutgoingConnection::close);
  }
}
