package firstanswer.client;

/** A number and what it counts, as people write it. */
public final class Quantity {
  private Quantity() {}

  /** For example "1 name" and "2 names"; {@code noun} forms its plural with an s. */
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
