package firstanswer.table.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The byte order mark, U+FEFF in UTF-8, with which some Windows editors begin a text file. */
final class ByteOrderMark {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private ByteOrderMark() {}

  /** Skips the mark if {@code in}, which must support {@code mark}, begins with it. */
  static void skip(InputStream in) throws IOException {
    in.mark(MARK.length);
    if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
      in.reset();
    }
  }
}
