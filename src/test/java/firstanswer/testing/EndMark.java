package firstanswer.testing;

import akka.actor.testkit.typed.javadsl.TestProbe;

/**
 * Asserts that no message is on its way to a probe. To look whether one has arrived would prove
 * nothing: what has been sent arrives when the probe's thread gets to it.
 */
public final class EndMark {
  private EndMark() {}

  /** All that was sent to {@code probe} has been received: {@code mark}, sent now, comes next. */
  public static <T> void isNext(TestProbe<T> probe, T mark) {
    probe.getRef().tell(mark);
    probe.expectMessage(mark);
  }
}
