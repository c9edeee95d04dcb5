package firstanswer.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** One end of a raw TCP connection on loopback. Reads fail after ten seconds. */
public final class Peer implements Closeable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MAX_MESSAGE = 4096;

  private final Socket socket;

  private Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  public static Peer connect(int port) throws IOException {
    return new Peer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects from {@code client}. */
  public static Peer connect(int port, InetAddress client) throws IOException {
    return new Peer(new Socket(InetAddress.getLoopbackAddress(), port, client, 0));
  }

  public static Peer accept(ServerSocket listener) throws IOException {
    listener.setSoTimeout(PATIENCE_MILLIS);
    return new Peer(listener.accept());
  }

  /** A socket that listens on a free port. */
  public static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** A port of our own at which nobody listens: calls to it are refused until this is closed. */
  public static Socket deaf() throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  /** One {@code send()} of exactly these bytes. */
  public Peer send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    return this;
  }

  /** The text that one {@code recv()} gives; empty at the end of the stream. */
  public String receive() throws IOException {
    byte[] buffer = new byte[MAX_MESSAGE];
    int length = socket.getInputStream().read(buffer);
    return length < 0 ? "" : new String(buffer, 0, length, ISO_8859_1);
  }

  /** The next line, without its newline. */
  public String receiveLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = socket.getInputStream().read()) != '\n') {
      if (b < 0) {
        throw new IOException("closed after \"" + line.toString(ISO_8859_1) + "\"");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1);
  }

  /** Everything until the other side closes. */
  public String receiveAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** We send no more, but still read. */
  public Peer shutdownOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Ends the connection as a crash would. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  public void patienceMillis(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
