package firstanswer.testing.attack;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Connections to one server. A connection that the server cuts off is made anew. */
abstract class Streams implements Attack {
  /** Little, so that only what the server takes costs memory. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InetSocketAddress server;
  private final byte[] message;
  private final SocketChannel[] connections;
  private final ByteBuffer[] unsent;
  private int cutOff;

  /** So many {@code connections} to {@code port} of loopback, each with a message to send. */
  Streams(int port, int connections, byte[] message) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.message = message;
    this.connections = new SocketChannel[connections];
    this.unsent = new ByteBuffer[connections];
    for (int i = 0; i < connections; i++) {
      connect(i);
    }
  }

  private void connect(int i) throws IOException {
    connections[i] = SocketChannel.open();
    connections[i].setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
    connections[i].setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    connections[i].connect(server);
    connections[i].configureBlocking(false);
    unsent[i] = ByteBuffer.wrap(message);
  }

  @Override
  public final void step() throws IOException {
    for (int i = 0; i < connections.length; i++) {
      try {
        step(connections[i], unsent[i]);
      } catch (IOException e) {
        cutOff++;
        connections[i].close();
        connect(i);
      }
    }
  }

  /**
   * Goes on with one connection; fails if the server has cut it off.
   *
   * @param unsent the rest of the message
   */
  abstract void step(SocketChannel connection, ByteBuffer unsent) throws IOException;

  /** Sends what the server takes now, and the message again when all of it is sent. */
  static void sendOnAndOn(SocketChannel connection, ByteBuffer unsent) throws IOException {
    connection.write(unsent.hasRemaining() ? unsent : unsent.rewind());
  }

  /** Reads what there is, and at most what {@code into} takes. */
  static void read(SocketChannel connection, ByteBuffer into) throws IOException {
    if (connection.read(into.clear()) < 0) {
      throw new EOFException("closed");
    }
  }

  /** How often the server has cut off a connection. */
  public int cutOff() {
    return cutOff;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }
}
