package firstanswer.table.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file that knows at which line it is being read. The tokenizer of dnsjava does not tell; it
 * reads a buffered stream byte by byte, and never beyond the end of an entry.
 */
final class LineCounter extends BufferedInputStream {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private int line = 1;

  private LineCounter(InputStream in) {
    super(in);
  }

  /** Opens a file, past the byte order mark that it may begin with. */
  static LineCounter open(Path path) throws IOException {
    LineCounter counter = new LineCounter(Files.newInputStream(path));
    try {
      counter.skipByteOrderMark();
      return counter;
    } catch (IOException e) {
      counter.close();
      throw e;
    }
  }

  private synchronized void skipByteOrderMark() throws IOException {
    mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      reset();
      line = 1;
    }
  }

  @Override
  public synchronized int read() throws IOException {
    int octet = super.read();
    if (octet == '\n') {
      line++;
    }
    return octet;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    for (int i = offset; i < offset + read; i++) {
      if (into[i] == '\n') {
        line++;
      }
    }
    return read;
  }

  /** The line of the next byte, from 1. */
  synchronized int line() {
    return line;
  }
}
