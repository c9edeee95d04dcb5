package firstanswer.config;

import firstanswer.codec.text.Framing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the batch client.
 *
 * @param server the server to ask; empty for the load balancer of this process
 * @param type the QTYPE to ask for; the text protocol knows only A
 * @param input a file of names, one a line
 * @param output the file that gets the answers, as the screen does
 * @param framing the end of the client's messages
 * @param window queries in flight at a time; one with bare framing
 * @param timeout gives up the names in flight after this long without a byte from the server
 */
public record ClientSettings(
    Optional<UpstreamAddress> server,
    int type,
    Path input,
    Path output,
    Framing framing,
    int window,
    Duration timeout) {}
