package firstanswer.config;

import java.util.List;
import java.util.Optional;

/**
 * Everything a process needs to start the roles it has; what its roles do not need is not there.
 *
 * @param tableServers those that run in this process
 */
public record Settings(
    List<TableServerSettings> tableServers,
    Optional<LoadBalancerSettings> loadBalancer,
    Optional<ClientSettings> client,
    ProtocolSettings protocols) {}
