package firstanswer.transport.tcp;

import akka.io.Inet;
import firstanswer.config.KeepAliveSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;

/**
 * Lets TCP find out that the host at the other end is gone (RFC 9293 section 3.8.4). Works only
 * while no data is in flight. Otherwise TCP retransmits the data for about a quarter of an hour
 * before it gives up.
 */
final class KeepAlive extends Inet.AbstractSocketOptionV2 {
  private final KeepAliveSettings settings;

  KeepAlive(KeepAliveSettings settings) {
    this.settings = settings;
  }

  @Override
  public void afterConnect(Socket socket) {
    try {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, (int) settings.idle().toSeconds());
        socket.setOption(
            ExtendedSocketOptions.TCP_KEEPINTERVAL, (int) settings.interval().toSeconds());
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, settings.count());
      }
    } catch (IOException e) {
      // The connection has ended already, which its owner hears by itself.
    }
  }
}
