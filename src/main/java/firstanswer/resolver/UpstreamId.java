package firstanswer.resolver;

/**
 * The identity of an upstream: its name in the configuration. The name survives a reload of the
 * configuration, so everything known about an upstream is kept under its id.
 */
public record UpstreamId(String name) {
  @Override
  public String toString() {
    return name;
  }
}
