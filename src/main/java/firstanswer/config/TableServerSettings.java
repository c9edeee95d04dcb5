package firstanswer.config;

import java.util.List;
import java.util.Optional;

/**
 * The settings of a table server.
 *
 * @param name its name, which is also the role that starts it
 * @param table the files of its table, at least one
 * @param text the address to listen at for the text protocol; empty for none
 * @param dns the address to listen at for DNS, over UDP and TCP; empty for none
 * @param clients the limits for clients
 */
public record TableServerSettings(
    String name,
    List<TableFileSettings> table,
    Optional<HostPort> text,
    Optional<HostPort> dns,
    Misses misses,
    ClientLimitSettings clients) {}
