package firstanswer.testing;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.xbill.DNS.Message;

/** A name server's end of a TCP connection on loopback. Reads fail after ten seconds. */
public final class DnsPeer implements Closeable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;

  private DnsPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Waits for a connection. */
  public static DnsPeer accept(ServerSocket listener) throws IOException {
    listener.setSoTimeout(PATIENCE_MILLIS);
    return of(listener.accept());
  }

  /** The end of a connection that has been accepted. */
  static DnsPeer of(Socket socket) throws IOException {
    return new DnsPeer(socket);
  }

  /** The next message. */
  public Message receive() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return new Message(in.readNBytes(in.readUnsignedShort()));
  }

  /** Sends messages, each behind its length, in one go. */
  public DnsPeer send(byte[]... messages) throws IOException {
    int length = 0;
    for (byte[] message : messages) {
      length += 2 + message.length;
    }
    ByteBuffer framed = ByteBuffer.allocate(length);
    for (byte[] message : messages) {
      framed.putShort((short) message.length).put(message);
    }
    socket.getOutputStream().write(framed.array());
    return this;
  }

  /** Whether the other side has closed; waits for that or for a byte. */
  public boolean isLeft() throws IOException {
    return socket.getInputStream().read() < 0;
  }

  /** Sends no more, and reads until the other side closes, too. */
  public void finish() throws IOException {
    socket.shutdownOutput();
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
