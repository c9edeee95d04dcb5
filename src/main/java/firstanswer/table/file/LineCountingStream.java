package firstanswer.table.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that counts the lines that have been read. The tokenizer of dnsjava does not tell its
 * line, but reads a buffered stream byte by byte, and never beyond the end of an entry.
 */
final class LineCountingStream extends BufferedInputStream {
  private int line = 1;
  private int markedLine = 1;

  private LineCountingStream(InputStream in) {
    super(in);
  }

  /** Opens a file and skips its byte order mark. */
  static LineCountingStream open(Path path) throws IOException {
    LineCountingStream stream = new LineCountingStream(Files.newInputStream(path));
    try {
      ByteOrderMark.skip(stream);
      return stream;
    } catch (IOException e) {
      stream.close();
      throw e;
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

  @Override
  public synchronized void mark(int limit) {
    super.mark(limit);
    markedLine = line;
  }

  @Override
  public synchronized void reset() throws IOException {
    super.reset();
    line = markedLine;
  }

  /** The line of the next byte, from 1. */
  synchronized int line() {
    return line;
  }
}
