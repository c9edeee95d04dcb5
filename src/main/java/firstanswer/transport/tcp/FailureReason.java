package firstanswer.transport.tcp;

import java.util.Objects;

/** Says, for people, why the network failed. */
public final class FailureReason {
  private FailureReason() {}

  /** The message of the innermost cause, which is the shortest, or its type if it has none. */
  public static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message =
        Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    // Akka puts the address in front, and so do the callers of this method.
    return message.replaceFirst("^\\[\\S+] ", "");
  }
}
