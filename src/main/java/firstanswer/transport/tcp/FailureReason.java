package firstanswer.transport.tcp;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;

/** Says, for people, why the network failed. */
public final class FailureReason {
  private FailureReason() {}

  /** The message of the innermost cause, which is the shortest, or its type if it has none. */
  public static String of(Throwable failure) {
    Throwable cause = innermost(failure);
    String message =
        Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    // Akka puts the address in front, and so do the callers of this method.
    return message
        .replaceFirst("^\\[\\S+] ", "")
        .replaceFirst("^Connect timeout of Some\\((.*)\\) expired$", "no answer within $1");
  }

  /** Whether the host of the server has said that nobody listens there. */
  public static boolean isRefusal(Throwable failure) {
    // Akka reports a connect timeout with a subclass of its own.
    return innermost(failure).getClass().equals(ConnectException.class);
  }

  /** Whether the look-up of the server's host name has failed, so that nobody was called. */
  public static boolean isUnknownHost(Throwable failure) {
    return innermost(failure) instanceof UnknownHostException;
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
