package firstanswer.transport;

import akka.Done;
import firstanswer.config.HostPort;
import java.util.concurrent.CompletionStage;

/** A listener that is open for clients, over UDP, TCP or both. */
public interface OpenListener {
  /** The address that the listener is bound to, with the real port, never 0. */
  HostPort address();

  /** Takes no more connections and queries; completes when all in flight are answered. */
  CompletionStage<Done> drain();
}
