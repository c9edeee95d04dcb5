package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Connections that send as much as the server takes, and read nothing. A connection that the server
 * cuts off is made anew.
 */
public final class DeafClients implements Closeable {
  private final InetSocketAddress server;
  private final byte[] message;
  private final SocketChannel[] connections;
  private final ByteBuffer[] unsent;
  private int cutOff;

  /** Little, so that only what the server takes costs memory. */
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  /** So many {@code connections} to {@code port} of loopback; each repeats {@code message}. */
  public DeafClients(int port, int connections, byte[] message) throws IOException {
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
    connections[i].setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
    connections[i].connect(server);
    connections[i].configureBlocking(false);
    unsent[i] = ByteBuffer.wrap(message);
  }

  /** Sends what the server takes now. */
  public void send() throws IOException {
    for (int i = 0; i < connections.length; i++) {
      try {
        connections[i].write(unsent[i].hasRemaining() ? unsent[i] : unsent[i].rewind());
      } catch (IOException e) {
        cutOff++;
        connections[i].close();
        connect(i);
      }
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
