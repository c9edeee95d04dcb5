package firstanswer.config;

/** The reply when all upstreams that were heard say "no" and others are down. */
public enum NegativesWithout {
  /** The "no", and the names of the upstreams that were not heard. */
  ANSWER,
  /** A failure: an upstream that is down might have had the answer. */
  SERVFAIL
}
