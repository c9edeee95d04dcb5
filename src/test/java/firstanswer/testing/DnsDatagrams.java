package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.xbill.DNS.Message;

/**
 * A client that speaks DNS over UDP with one server. Reads fail after ten seconds if not said
 * otherwise.
 */
public final class DnsDatagrams implements Closeable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MAX_BYTES = 65_535;

  private final DatagramSocket socket;

  private DnsDatagrams(DatagramSocket socket) {
    this.socket = socket;
  }

  /** Speaks with {@code port} of loopback. */
  public static DnsDatagrams with(int port) throws IOException {
    return with(port, InetAddress.getLoopbackAddress().getHostAddress());
  }

  /** The same from the address {@code client}. */
  public static DnsDatagrams with(int port, String client) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(client));
    return connected(socket, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Speaks with {@code server} and hears only what comes from its very address. */
  public static DnsDatagrams with(InetSocketAddress server) throws IOException {
    return connected(new DatagramSocket(), server);
  }

  private static DnsDatagrams connected(DatagramSocket socket, InetSocketAddress server)
      throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server);
    return new DnsDatagrams(socket);
  }

  /** Reads fail after {@code patience}. */
  public DnsDatagrams waiting(Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    return this;
  }

  /** The bytes that the system holds for us, if it grants that many. */
  public DnsDatagrams receiveBuffer(int bytes) throws IOException {
    socket.setReceiveBufferSize(bytes);
    return this;
  }

  public DnsDatagrams send(Message message) throws IOException {
    return sendBytes(message.toWire());
  }

  public DnsDatagrams sendBytes(byte... bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length));
    return this;
  }

  /** The next message. */
  public Message receive() throws IOException {
    return new Message(receiveBytes());
  }

  /** The next message as it came. */
  public byte[] receiveBytes() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @Override
  public void close() {
    socket.close();
  }
}
