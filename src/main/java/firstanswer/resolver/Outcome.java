package firstanswer.resolver;

/** The reply to a client, and the transcript of how it came about. */
public record Outcome(Reply reply, Transcript transcript) {
  /** The outcome of a query that fails because of a defect of ours. */
  public static final Outcome INTERNAL_ERROR =
      new Outcome(Reply.Unanswered.INTERNAL_ERROR, Transcript.EMPTY);
}
