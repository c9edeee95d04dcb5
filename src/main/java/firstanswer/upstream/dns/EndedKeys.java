package firstanswer.upstream.dns;

/**
 * The keys of the transactions that ended last, so that a late or double answer is known as such.
 * Holds at least the last few thousand keys in fixed memory: each key belongs to a bucket, and
 * pushes the oldest key out of the bucket.
 */
final class EndedKeys {
  private static final int BUCKET_BITS = 12;
  private static final int BUCKET_SIZE = 8;

  /**
   * Spreads keys that differ in a few bits over all buckets (Knuth: 2^32 over the golden ratio).
   */
  private static final int SPREAD = 0x9E3779B9;

  private final int[] keys = new int[BUCKET_SIZE << BUCKET_BITS];

  /** Adds a key, which is not 0. */
  void add(int key) {
    int first = first(key);
    System.arraycopy(keys, first, keys, first + 1, BUCKET_SIZE - 1);
    keys[first] = key;
  }

  boolean contains(int key) {
    int first = first(key);
    for (int at = first; at < first + BUCKET_SIZE; at++) {
      if (keys[at] == key) {
        return true;
      }
    }
    return false;
  }

  private static int first(int key) {
    int bucket = (key * SPREAD) >>> (Integer.SIZE - BUCKET_BITS);
    return bucket * BUCKET_SIZE;
  }
}
