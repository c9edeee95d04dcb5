package firstanswer.testing.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Connections that send the first part of a message, and then nothing. */
public final class HalfMessages extends Streams {
  private final ByteBuffer any = ByteBuffer.allocate(64);

  /** So many {@code connections} to {@code port} of loopback; each sends {@code part} once. */
  public HalfMessages(int port, int connections, byte[] part) throws IOException {
    super(port, connections, part);
  }

  @Override
  void step(SocketChannel connection, ByteBuffer unsent) throws IOException {
    connection.write(unsent);
    read(connection, any);
  }
}
