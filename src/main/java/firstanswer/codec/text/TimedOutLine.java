package firstanswer.codec.text;

/** The line {@code Name - TIMED OUT}: no server has answered the query for this name in time. */
public final class TimedOutLine {
  private static final String TIMED_OUT = "- TIMED OUT";

  private TimedOutLine() {}

  /** The line for the query {@code queried}, in the spelling of the client. */
  public static String write(String queried) {
    return queried + ' ' + TIMED_OUT;
  }

  /** Whether {@code text} is such a line, if what follows its name begins at {@code start}. */
  static boolean isAt(String text, int start) {
    return text.startsWith(TIMED_OUT, start);
  }
}
