package firstanswer.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.Answer.Silence;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Plan;
import firstanswer.race.Race;
import firstanswer.resolver.Health;
import firstanswer.resolver.Resolver;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes play the table servers, and time passes only when the test says so. */
class QueryCoordinatorTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Question QUESTION =
      Question.ofText(DomainName.parse("www.example.org").orElseThrow());
  private static final Answer FROM_1 = Answer.Positive.line("www.example.org 192.0.2.1 A IN");
  private static final Answer FROM_2 = Answer.Positive.line("www.example.org 192.0.2.2 A IN");

  private final ActorTestKit testKit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(testKit.system());
  private final TestProbe<Answer> client = testKit.createTestProbe();
  private final TestProbe<Resolver.Command> ts1 = testKit.createTestProbe();
  private final TestProbe<Resolver.Command> ts2 = testKit.createTestProbe();
  private ActorRef<QueryCoordinator.Command> coordinator;
  private ActorRef<Answer> to1;
  private ActorRef<Answer> to2;

  private static final Race.Terms TERMS = terms(true, true);
  private static final List<Health> ALL_UP = List.of(Health.UP, Health.UP);
  private static final Health DOWN = new Health(Health.State.DOWN, "no answer in time");

  @BeforeEach
  void start() {
    coordinator = coordinator(TERMS, Plan.allAtOnce(2), ALL_UP);
    to1 = asked(ts1);
    to2 = asked(ts2);
  }

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void ts1First() {
    to1.tell(FROM_1);
    expectReplyAndStop(FROM_1);
    to2.tell(FROM_2);
    expectNoMore();
  }

  @Test
  void ts2First() {
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
    to1.tell(FROM_1);
    expectNoMore();
  }

  @Test
  void aNoDoesNotBeatALaterYes() {
    to1.tell(Negative.NXDOMAIN);
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
  }

  @Test
  void neither() {
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(1));
    expectTimedOutAndStop();
    to1.tell(FROM_1);
    to2.tell(FROM_2);
    expectNoMore();
  }

  @Test
  void bothSayThatTheyWillBeSilent() {
    to1.tell(Silence.SILENT);
    to2.tell(Silence.SILENT);
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(1));
    expectTimedOutAndStop();
  }

  @Test
  void bothSayNo() {
    to1.tell(Negative.NXDOMAIN);
    client.expectNoMessage(Duration.ZERO);
    to2.tell(Negative.NXDOMAIN);
    expectReplyAndStop(Negative.NXDOMAIN);
  }

  @Test
  void oneDeadOneAnswers() {
    ts1.stop();
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
  }

  @Test
  void oneDeadOneSilent() {
    ts1.stop();
    time.timePasses(DEADLINE);
    expectTimedOutAndStop();
  }

  @Test
  void theTimeOutSaysWhoWasSilentAndWhatTheOthersSaid() {
    to1.tell(Negative.NXDOMAIN);
    time.timePasses(DEADLINE);
    client.expectMessage(new Answer.TimedOut("TIMED OUT: ts2 silent 5.0 s; ts1 NXDOMAIN"));
  }

  @Test
  void aNoDoesNotWaitForAServerThatGoesDownAndSaysSo() {
    to1.tell(Negative.NXDOMAIN);
    client.expectNoMessage(Duration.ZERO);
    coordinator.tell(new QueryCoordinator.HealthChanged(List.of(Health.UP, DOWN)));
    expectReplyAndStop(
        new Negative(
            Negative.Kind.NXDOMAIN, Optional.empty(), "without ts2 down: no answer in time"));
  }

  @Test
  void aNoWithoutAServerThatIsDownIsATimeOutWhereThatIsTheRule() {
    ActorRef<QueryCoordinator.Command> strict =
        coordinator(terms(true, false), Plan.allAtOnce(2), List.of(Health.UP, DOWN));
    asked(ts1).tell(Negative.NXDOMAIN);
    client.expectMessage(new Answer.TimedOut("NXDOMAIN without ts2 down: no answer in time"));
    client.expectTerminated(strict);
  }

  @Test
  void aYesOfAServerThatIsDownWins() {
    coordinator.tell(new QueryCoordinator.HealthChanged(List.of(Health.UP, DOWN)));
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
  }

  @Test
  void whenAllAreDownATextQueryWaitsForOneToComeBack() {
    coordinator.tell(new QueryCoordinator.HealthChanged(List.of(DOWN, DOWN)));
    client.expectNoMessage(Duration.ZERO);
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
  }

  @Test
  void whenAllAreDownADnsQueryFailsAtOnceWithTheReason() {
    coordinator(terms(false, true), Plan.allAtOnce(2), List.of(DOWN, DOWN));
    client.expectMessage(
        new Answer.Failure("ts1 down: no answer in time; ts2 down: no answer in time"));
  }

  @Test
  void oneLate() {
    time.timePasses(Duration.ofSeconds(3));
    to1.tell(FROM_1);
    expectReplyAndStop(FROM_1);
    time.timePasses(Duration.ofSeconds(3));
    to2.tell(FROM_2);
    expectNoMore();
  }

  @Test
  void bothAnswerAfterTheDeadline() {
    time.timePasses(DEADLINE);
    expectTimedOutAndStop();
    to1.tell(FROM_1);
    to2.tell(FROM_2);
    expectNoMore();
  }

  @Test
  void oneServerThatAnswersTwiceCountsOnce() {
    to1.tell(Negative.NXDOMAIN);
    to1.tell(Negative.NXDOMAIN);
    client.expectNoMessage(Duration.ZERO);
    to2.tell(Negative.NXDOMAIN);
    expectReplyAndStop(Negative.NXDOMAIN);
  }

  @Test
  void afterTheReplyTimeCanPassWithoutASecondOne() {
    to1.tell(FROM_1);
    expectReplyAndStop(FROM_1);
    time.timePasses(DEADLINE.multipliedBy(2));
    expectNoMore();
  }

  @Test
  void whoHasNotSpokenWhenItEndsIsToldToForget() {
    to1.tell(FROM_1);
    expectReplyAndStop(FROM_1);
    assertThat(ts2.expectMessageClass(Resolver.Forget.class).query().replyTo()).isEqualTo(to2);
    ts1.expectNoMessage(Duration.ZERO);
  }

  @Test
  void atTheDeadlineAllWhoAreSilentAreToldToForget() {
    time.timePasses(DEADLINE);
    expectTimedOutAndStop();
    assertThat(ts1.expectMessageClass(Resolver.Forget.class).query().replyTo()).isEqualTo(to1);
    assertThat(ts2.expectMessageClass(Resolver.Forget.class).query().replyTo()).isEqualTo(to2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void anyNumberOfUpstreams(int count) {
    List<TestProbe<Resolver.Command>> servers =
        IntStream.range(0, count)
            .mapToObj(i -> testKit.<Resolver.Command>createTestProbe())
            .toList();
    List<Upstream> upstreams = servers.stream().map(s -> new Upstream("ts", s.getRef())).toList();
    Race.Terms terms =
        new Race.Terms(Collections.nCopies(count, "ts"), DEADLINE, Duration.ZERO, true, true);
    testKit.spawn(
        QueryCoordinator.create(
            new Resolver.Resolve(QUESTION, client.getRef()),
            Race.begin(terms, Plan.allAtOnce(count), Collections.nCopies(count, Health.UP)),
            new QueryCoordinator.Shared(upstreams, new HedgeBudget(0), Optional.empty())));
    List<ActorRef<Answer>> replies = servers.stream().map(QueryCoordinatorTest::asked).toList();
    replies.subList(1, count).forEach(reply -> reply.tell(Negative.NXDOMAIN));
    client.expectNoMessage(Duration.ZERO);
    replies.get(0).tell(FROM_1);
    client.expectMessage(FROM_1);
    client.expectNoMessage(Duration.ZERO);
  }

  private static Race.Terms terms(boolean waitsForAllDown, boolean negativesWithout) {
    return new Race.Terms(
        List.of("ts1", "ts2"), DEADLINE, PATIENCE, waitsForAllDown, negativesWithout);
  }

  private ActorRef<QueryCoordinator.Command> coordinator(
      Race.Terms terms, Plan plan, List<Health> health) {
    return testKit.spawn(
        QueryCoordinator.create(
            new Resolver.Resolve(QUESTION, client.getRef()),
            Race.begin(terms, plan, health),
            new QueryCoordinator.Shared(
                List.of(new Upstream("ts1", ts1.getRef()), new Upstream("ts2", ts2.getRef())),
                new HedgeBudget(0),
                Optional.empty())));
  }

  private static ActorRef<Answer> asked(TestProbe<Resolver.Command> server) {
    Resolver.Resolve query = server.expectMessageClass(Resolver.Resolve.class);
    assertThat(query.question()).isEqualTo(QUESTION);
    return query.replyTo();
  }

  private void expectReplyAndStop(Answer expected) {
    client.expectMessage(expected);
    client.expectTerminated(coordinator);
  }

  private void expectTimedOutAndStop() {
    assertThat(client.receiveMessage()).isInstanceOf(Answer.TimedOut.class);
    client.expectTerminated(coordinator);
  }

  private void expectNoMore() {
    client.expectNoMessage(Duration.ZERO);
  }
}
