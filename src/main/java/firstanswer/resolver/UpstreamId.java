package firstanswer.resolver;

/**
 * Which upstream: the name that the configuration gives it. It stays the same when the
 * configuration is read anew, so all that is known of an upstream is kept under it.
 */
public record UpstreamId(String name) {
  @Override
  public String toString() {
    return name;
  }
}
