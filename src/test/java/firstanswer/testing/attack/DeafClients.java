package firstanswer.testing.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Connections that send as much as the server takes, and read nothing. */
public final class DeafClients extends Streams {
  /** So many {@code connections} to {@code port} of loopback; each repeats {@code message}. */
  public DeafClients(int port, int connections, byte[] message) throws IOException {
    super(port, connections, message);
  }

  @Override
  void step(SocketChannel connection, ByteBuffer unsent) throws IOException {
    sendOnAndOn(connection, unsent);
  }
}
