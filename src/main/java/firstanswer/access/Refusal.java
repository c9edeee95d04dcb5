package firstanswer.access;

/** Why a client was refused a connection or an answer. */
public enum Refusal {
  NOT_ALLOWED("not allowed (ls.allow)"),
  RATE("queries over the rate of one client (ls.client-rate)"),
  IN_FLIGHT("too many queries in flight (max-in-flight, ls.client-max-in-flight)"),
  CONNECTIONS("too many connections (max-connections)"),
  CONNECTIONS_OF_CLIENT("too many connections of one client (max-connections-per-client)"),
  OPEN_FILES("too many connections for the limit of open files (ulimit -n)");

  private final String reason;

  Refusal(String reason) {
    this.reason = reason;
  }

  /** The reason for the log, with the name of the setting. */
  public String reason() {
    return reason;
  }
}
