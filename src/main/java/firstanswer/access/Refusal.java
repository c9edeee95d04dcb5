package firstanswer.access;

/** Why a client was refused a connection or an answer. */
public enum Refusal {
  NOT_ALLOWED("not allowed (allow)"),
  RATE("queries over the rate of one client (client-rate)"),
  IN_FLIGHT("too many queries in flight (max-in-flight, client-max-in-flight)"),
  NO_QUERY("messages over TCP that are no queries"),
  UNREAD_ANSWERS("connections cut off, whose clients do not read their answers (max-unsent)"),
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
