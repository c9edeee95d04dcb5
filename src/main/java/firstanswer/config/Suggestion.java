package firstanswer.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a mistyped word stands for. */
final class Suggestion {
  /** One mistake in a word of three letters is plausible, two in a word of six. */
  private static final int LETTERS_PER_MISTAKE = 3;

  private static final int MAX_MISTAKES = 2;

  private Suggestion() {}

  /** The known word that is closest to {@code word}, if one is close. */
  static Optional<String> of(String word, Collection<String> known) {
    return known.stream()
        .filter(k -> isClose(word, k))
        .min(Comparator.comparingInt(k -> distance(word, k)));
  }

  /** The known word as the end of a sentence; empty if no known word is close. */
  static String question(String word, Collection<String> known) {
    return of(word, known).map(k -> "; did you mean " + k + "?").orElse("");
  }

  private static boolean isClose(String word, String known) {
    int mistakes = distance(word, known);
    int letters = Math.max(word.length(), known.length());
    return mistakes <= MAX_MISTAKES && mistakes * LETTERS_PER_MISTAKE <= letters;
  }

  /**
   * The number of letters that are missing, added, wrong or swapped with their neighbour (optimal
   * string alignment); case does not count.
   */
  static int distance(String word, String other) {
    String a = word.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, String a, String b, int i, int j) {
    int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int cost = Math.min(d[i - 1][j - 1] + wrong, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(cost, d[i - 2][j - 2] + 1) : cost;
  }
}
