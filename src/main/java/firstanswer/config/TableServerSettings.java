package firstanswer.config;

import java.util.List;

/**
 * The settings of a table server.
 *
 * @param name its name, which is also the role that starts it
 * @param table the files of its table, at least one
 * @param text the addresses to listen at for the text protocol, perhaps none
 * @param dns the addresses to listen at for DNS, over UDP and TCP, perhaps none
 * @param clients the limits for clients
 */
public record TableServerSettings(
    String name,
    List<TableFileSettings> table,
    List<HostPort> text,
    List<HostPort> dns,
    Misses misses,
    ClientLimitSettings clients) {}
