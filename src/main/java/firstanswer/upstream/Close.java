package firstanswer.upstream;

import firstanswer.resolver.Resolver;

/** Tells a proxy to say goodbye to its server, and then to stop. */
public enum Close implements Resolver.Command {
  CLOSE
}
