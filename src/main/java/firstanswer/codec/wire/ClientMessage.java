package firstanswer.codec.wire;

import firstanswer.dns.Content;

/** What a message is that a client has sent. */
public sealed interface ClientMessage {

  /** No query, so it gets no answer: too short for a header, or itself a response. */
  enum Ignored implements ClientMessage {
    IGNORED
  }

  /** A query that is answered without asking anybody, with {@code response}. */
  record Answered(Content.Message response) implements ClientMessage {}

  /** A query to be resolved. */
  record ToResolve(DnsQuery query) implements ClientMessage {}
}
