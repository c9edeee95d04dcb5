package firstanswer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The table server of the assignment: takes one connection ever, takes what one {@code recv()}
 * gives for a name, answers without a newline, is silent on a miss, and leaves on {@code EOF}.
 */
public final class AssignmentTs {
  private final ServerSocket listener;
  private final Map<String, String> answers;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> left;

  /** Answers from {@code answers}, by name in lower case. */
  public AssignmentTs(Map<String, String> answers) throws IOException {
    this.answers = answers;
    this.listener = Peer.listen();
    this.left = CompletableFuture.supplyAsync(this::serve, task -> new Thread(task).start());
  }

  private String serve() {
    try (Peer peer = Peer.accept(listener)) {
      listener.close();
      String name = peer.receive();
      while (!name.isEmpty() && !name.equals("EOF")) {
        received.add(name);
        String answer = answers.get(name.toLowerCase(Locale.ROOT));
        if (answer != null) {
          peer.send(answer);
        }
        name = peer.receive();
      }
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The texts that the server has taken for names. */
  public List<String> received() {
    return received;
  }

  /**
   * Completes with the message that it left on: {@code EOF}, or nothing if the peer just closed.
   */
  public CompletableFuture<String> left() {
    return left;
  }
}
