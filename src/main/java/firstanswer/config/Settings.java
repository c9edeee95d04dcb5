package firstanswer.config;

import java.util.List;
import java.util.Optional;

/**
 * The settings of the roles that a process runs. Other roles have no settings.
 *
 * @param tableServers the table servers that run in this process
 * @param warnings lines for the operator about values that are allowed and probably not intended
 */
public record Settings(
    List<TableServerSettings> tableServers,
    Optional<LoadBalancerSettings> loadBalancer,
    Optional<ClientSettings> client,
    ProtocolSettings protocols,
    List<String> warnings) {}
