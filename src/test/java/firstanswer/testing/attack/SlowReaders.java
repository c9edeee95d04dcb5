package firstanswer.testing.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Connections that send as much as the server takes, and read a little now and then. */
public final class SlowReaders extends Streams {
  private final ByteBuffer little;

  /** See {@link DeafClients}; each step reads at most {@code bytes} of a connection. */
  public SlowReaders(int port, int connections, byte[] message, int bytes) throws IOException {
    super(port, connections, message);
    this.little = ByteBuffer.allocate(bytes);
  }

  @Override
  void step(SocketChannel connection, ByteBuffer unsent) throws IOException {
    sendOnAndOn(connection, unsent);
    read(connection, little);
  }
}
