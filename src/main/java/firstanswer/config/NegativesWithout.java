package firstanswer.config;

/** What a client is told when all who could be heard say "no", and others are down. */
public enum NegativesWithout {
  /** The "no", and whom it was said without. */
  ANSWER,
  /** That it cannot be known: somebody who is down might have said yes. */
  SERVFAIL
}
