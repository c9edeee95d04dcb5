package firstanswer.transport;

import akka.Done;
import firstanswer.config.HostPort;
import java.util.concurrent.CompletionStage;

/** A listener that is open for clients. */
public interface OpenListener {
  /** Where; the port is the real one. */
  HostPort address();

  /** Takes no more connections and queries; completes when all in flight are answered. */
  CompletionStage<Done> drain();
}
