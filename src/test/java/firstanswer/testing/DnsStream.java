package firstanswer.testing;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.xbill.DNS.Message;

/** The client's end of a DNS connection over TCP. Reads fail after ten seconds. */
public final class DnsStream implements Closeable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket = new Socket();

  private DnsStream() {}

  /** Connects to {@code port} of loopback. */
  public static DnsStream connect(int port) throws IOException {
    return connect(port, InetAddress.getLoopbackAddress(), 0);
  }

  /**
   * Connects from {@code client}.
   *
   * @param receiveBufferBytes what the system holds for us; 0 leaves that to it
   */
  public static DnsStream connect(int port, InetAddress client, int receiveBufferBytes)
      throws IOException {
    DnsStream stream = new DnsStream();
    if (receiveBufferBytes > 0) {
      stream.socket.setReceiveBufferSize(receiveBufferBytes);
    }
    stream.socket.setTcpNoDelay(true);
    stream.socket.setSoTimeout(PATIENCE_MILLIS);
    stream.socket.bind(new InetSocketAddress(client, 0));
    stream.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return stream;
  }

  /** Sends {@code messages} behind their lengths, in one piece. */
  public DnsStream send(Message... messages) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(messages.length * 4096);
    for (Message message : messages) {
      byte[] wire = message.toWire();
      bytes.putShort((short) wire.length).put(wire);
    }
    socket.getOutputStream().write(bytes.array(), 0, bytes.position());
    return this;
  }

  /** Sends exactly these bytes. */
  public DnsStream sendBytes(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** The next message. */
  public Message receive() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    return new Message(message);
  }

  /** Reads the next {@code count} bytes, whatever they say. */
  public DnsStream skip(int count) throws IOException {
    if (socket.getInputStream().readNBytes(count).length < count) {
      throw new EOFException("closed");
    }
    return this;
  }

  /** How many bytes come until the other side closes. */
  public int countToEnd() throws IOException {
    return socket.getInputStream().readAllBytes().length;
  }

  /** We send no more, but still read. */
  public DnsStream shutdownOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Ends the connection as a crash would. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
