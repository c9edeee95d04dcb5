package firstanswer.balancer;

import firstanswer.dns.Answer;
import firstanswer.dns.Question;
import firstanswer.race.Experience.Sample;
import firstanswer.resolver.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The attempts of one query, one an upstream at most, from their beginning to their end. */
final class Attempts {
  private final List<Upstream> upstreams;
  private final Question question;
  private final Resolver.Resolve[] open;
  private final boolean[] hasPlace;
  private final long[] began;
  private long lastBegan;
  private final List<Sample> samples = new ArrayList<>();

  Attempts(List<Upstream> upstreams, Question question) {
    this.upstreams = upstreams;
    this.question = question;
    this.hasPlace = new boolean[upstreams.size()];
    this.open = new Resolver.Resolve[upstreams.size()];
    this.began = new long[upstreams.size()];
  }

  /** {@code upstream}, in whose budget there was a place, is asked this; {@code now} in nanos. */
  Resolver.Resolve begin(int upstream, Resolver.Resolve asked, long now) {
    open[upstream] = asked;
    hasPlace[upstream] = true;
    began[upstream] = now;
    lastBegan = now;
    return asked;
  }

  /** {@code upstream} has spoken, if it has been asked. */
  void end(int upstream, Answer answer) {
    if (open[upstream] != null) {
      if (answer instanceof Answer.Positive || answer instanceof Answer.Negative) {
        samples.add(sample(upstream, false));
      }
      giveBack(upstream);
      // Whoever says that it will be silent may still answer, and must be told to forget.
      if (answer != Answer.Silence.SILENT) {
        open[upstream] = null;
      }
    }
  }

  private Sample sample(int upstream, boolean overtaken) {
    Duration took = Duration.ofNanos(System.nanoTime() - began[upstream]);
    return new Sample(upstream, took, overtaken);
  }

  /**
   * How long each took that has answered, and how long those have been waited for that have not,
   * although others were asked after them. Nothing is known of one whose "no" may be silence.
   */
  List<Sample> samples() {
    for (int i = 0; i < open.length; i++) {
      if (open[i] != null && began[i] != lastBegan && !upstreams.get(i).missesInSilence(question)) {
        samples.add(sample(i, true));
      }
    }
    return samples;
  }

  /** Nobody who has not spoken need keep the question any longer. */
  void forgetAll() {
    for (int i = 0; i < open.length; i++) {
      if (open[i] != null) {
        upstreams.get(i).proxy().tell(new Resolver.Forget(open[i]));
        giveBack(i);
        open[i] = null;
      }
    }
  }

  private void giveBack(int upstream) {
    if (hasPlace[upstream]) {
      hasPlace[upstream] = false;
      upstreams.get(upstream).budget().giveBack();
    }
  }
}
