package firstanswer.compare;

/**
 * A forwarder that runs, at a port of loopback.
 *
 * @param startMillis from the start of the process to its first answer
 */
record Contender(String name, long pid, int port, double startMillis) {}
