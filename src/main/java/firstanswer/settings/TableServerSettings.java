package firstanswer.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A table server.
 *
 * @param name the role that starts it
 * @param text where it listens for the text protocol, if at all
 * @param dns where it listens for DNS, over UDP and TCP, if at all
 */
public record TableServerSettings(
    String name, Path table, Optional<HostPort> text, Optional<HostPort> dns, Misses misses) {}
