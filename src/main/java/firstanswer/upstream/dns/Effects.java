package firstanswer.upstream.dns;

import java.util.ArrayList;
import java.util.List;

/** Gathers the effects of one event. */
final class Effects {
  private final List<Effect> gathered = new ArrayList<>();

  void add(Effect effect) {
    gathered.add(effect);
  }

  /** Hands over the effects gathered since the last call, in order. */
  List<Effect> take() {
    List<Effect> taken = List.copyOf(gathered);
    gathered.clear();
    return taken;
  }
}
