package firstanswer.config;

import java.util.List;
import java.util.Optional;

/**
 * Everything that a process needs to start its roles. Roles that it does not run have no settings.
 *
 * @param tableServers those that run in this process
 * @param warnings lines for the operator about values that are allowed and probably not intended
 */
public record Settings(
    List<TableServerSettings> tableServers,
    Optional<LoadBalancerSettings> loadBalancer,
    Optional<ClientSettings> client,
    ProtocolSettings protocols,
    List<String> warnings) {}
