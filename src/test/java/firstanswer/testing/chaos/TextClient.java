package firstanswer.testing.chaos;

import firstanswer.testing.Peer;
import firstanswer.testing.chaos.Ledger.Asked;
import firstanswer.testing.chaos.Ledger.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Speaks the text protocol, where answers come in the order of the queries. */
final class TextClient extends Client {
  private final Peer peer;
  private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();
  private String rest = "";

  TextClient(int port, Ledger ledger) throws IOException {
    super("text", ledger);
    this.peer = Peer.connect(port);
    listen();
  }

  @Override
  void ask(int number, int type) throws IOException {
    waiting.add(ledger().ask(name(), number, type));
    peer.send(SplitNames.name(number) + "\n");
  }

  @Override
  void receive() throws IOException {
    String received = peer.receive();
    if (received.isEmpty()) {
      throw new EOFException();
    }
    rest += received;
    for (int end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      String line = rest.substring(0, end);
      rest = rest.substring(end + 1);
      receive(line);
    }
  }

  private void receive(String line) {
    Asked query = waiting.poll();
    if (query == null) {
      ledger().violation("nobody asked: " + line);
      return;
    }
    String name = SplitNames.name(query.number());
    if (line.equals(name + " " + SplitNames.address(query.number()) + " A IN") && query.isHeld()) {
      ledger().answer(query, Outcome.POSITIVE);
    } else if (line.equals(name + " - NOT FOUND")) {
      ledger().answer(query, Outcome.NEGATIVE);
    } else if (line.equals(name + " - TIMED OUT")) {
      ledger().answer(query, Outcome.TIMED_OUT);
    } else if (line.startsWith("ERROR ")) {
      ledger().answer(query, Outcome.FAILURE);
    } else {
      ledger().violation("to " + query + ": " + line);
    }
  }

  @Override
  void disconnect() throws IOException {
    peer.close();
  }
}
