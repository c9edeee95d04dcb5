package firstanswer.resolver;

/** What the client is told, and how that came about. */
public record Outcome(Reply reply, Transcript transcript) {
  /** The outcome of a query that met a mistake of ours. */
  public static final Outcome INTERNAL_ERROR =
      new Outcome(Reply.Unanswered.INTERNAL_ERROR, Transcript.EMPTY);
}
