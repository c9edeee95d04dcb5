package firstanswer.testing.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** A client over UDP that sends some messages again and again, and reads no answer. */
public final class Datagrams implements Attack {
  private static final int ID_BYTES = 2;

  private final DatagramChannel channel;
  private final List<byte[]> messages;
  private short id;

  /** From the address {@code client} to {@code port} of loopback. */
  public Datagrams(int port, String client, List<byte[]> messages) throws IOException {
    this.channel = DatagramChannel.open();
    this.messages = messages;
    channel.bind(new InetSocketAddress(client, 0));
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
  }

  /** Sends each message once. */
  @Override
  public void step() throws IOException {
    for (byte[] message : messages) {
      if (message.length >= ID_BYTES) {
        ByteBuffer.wrap(message).putShort(id++);
      }
      channel.write(ByteBuffer.wrap(message));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
