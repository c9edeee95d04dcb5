package firstanswer.config;

import firstanswer.codec.text.Framing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The batch client.
 *
 * @param server whom it asks; empty for the load balancer of this process
 * @param type the QTYPE that it asks a name server for; the text protocol knows A only
 * @param input a file of names, one a line
 * @param output where the answers go, beside the screen
 * @param framing how it ends its messages
 * @param window queries that wait for their answer at a time; one when bare
 * @param timeout after which names are given up while the server says nothing
 */
public record ClientSettings(
    Optional<UpstreamAddress> server,
    int type,
    Path input,
    Path output,
    Framing framing,
    int window,
    Duration timeout) {}
