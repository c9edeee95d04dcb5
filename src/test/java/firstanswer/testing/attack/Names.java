package firstanswer.testing.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A client of the text protocol that asks for some names again and again, and reads all answers.
 */
public final class Names extends Streams {
  private final ByteBuffer any = ByteBuffer.allocate(64 * 1024);

  /** Asks at {@code port} of loopback. */
  public Names(int port, List<String> names) throws IOException {
    super(port, 1, (String.join("\n", names) + "\n").getBytes(US_ASCII));
  }

  @Override
  void step(SocketChannel connection, ByteBuffer unsent) throws IOException {
    sendOnAndOn(connection, unsent);
    read(connection, any);
  }
}
