package firstanswer.config;

import java.util.List;
import java.util.Optional;

/**
 * A table server.
 *
 * @param name the role that starts it
 * @param table the files that it answers from, at least one
 * @param text where it listens for the text protocol, if at all
 * @param dns where it listens for DNS, over UDP and TCP, if at all
 */
public record TableServerSettings(
    String name,
    List<TableFileSettings> table,
    Optional<HostPort> text,
    Optional<HostPort> dns,
    Misses misses) {}
