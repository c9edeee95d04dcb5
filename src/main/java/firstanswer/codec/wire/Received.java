package firstanswer.codec.wire;

import firstanswer.dns.Content;

/** What a message is that a client has sent. */
public sealed interface Received {

  /** No query, so it gets no answer: too short for a header, or itself a response. */
  enum Ignored implements Received {
    IGNORED
  }

  /** A query that is answered without asking anybody, with {@code response}. */
  record Answered(Content.Message response) implements Received {}

  /** A query to be resolved. */
  record ToResolve(Query query) implements Received {}
}
