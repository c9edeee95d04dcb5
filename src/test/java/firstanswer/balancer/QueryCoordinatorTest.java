package firstanswer.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Plan;
import firstanswer.race.Race;
import firstanswer.resolver.Explanation;
import firstanswer.resolver.Health;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Balancers;
import firstanswer.testing.InTestThread;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes play the table servers; time passes only when a test moves it. */
class QueryCoordinatorTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Question QUESTION =
      Question.ofText(DomainName.parse("www.example.org").orElseThrow());
  private static final Answer FROM_1 = Answer.Positive.line("www.example.org 192.0.2.1 A IN");
  private static final Answer FROM_2 = Answer.Positive.line("www.example.org 192.0.2.2 A IN");

  private final ActorTestKit testKit = ActorTestKit.create(InTestThread.config());
  private final ManualTime time = ManualTime.get(testKit.system());
  private final TestProbe<Outcome> client = testKit.createTestProbe();
  private final TestProbe<TsProxy.Command> ts1 = testKit.createTestProbe();
  private final TestProbe<TsProxy.Command> ts2 = testKit.createTestProbe();
  private ActorRef<QueryCoordinator.Command> coordinator;
  private KnownHealth known;
  private ActorRef<Answer> to1;
  private ActorRef<Answer> to2;

  private static final Race.Terms TERMS = terms(true, true);
  private static final UpstreamId TS1 = new UpstreamId("ts1");
  private static final UpstreamId TS2 = new UpstreamId("ts2");
  private static final Plan BOTH = Plan.allAtOnce(List.of(TS1, TS2));
  private static final long QUERY = 7;

  /** Moved by hand, as time is. */
  private final AtomicLong nanos = new AtomicLong();

  private static final Health DOWN = new Health(Health.State.DOWN, "silent");

  @BeforeEach
  void start() {
    coordinator = coordinator(TERMS, Health.UP, Health.UP);
    to1 = asked(ts1);
    to2 = asked(ts2);
  }

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void firstPositiveWinsWhenTs1IsFirst() {
    to1.tell(FROM_1);
    expectReplyAndStop(FROM_1);
    to2.tell(FROM_2);
    expectNoMore();
  }

  @Test
  void firstPositiveWinsWhenTs2IsFirst() {
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
    to1.tell(FROM_1);
    expectNoMore();
  }

  @Test
  void laterYesBeatsAnEarlierNo() {
    to1.tell(Negative.NXDOMAIN);
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
  }

  @Test
  void queryTimesOutWhenNoServerAnswers() {
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(1));
    expectTimedOutAndStop();
    to1.tell(FROM_1);
    to2.tell(FROM_2);
    expectNoMore();
  }

  @Test
  void queryTimesOutWhenBothPromiseSilence() {
    to1.tell(Answer.Unheard.SILENT);
    to2.tell(Answer.Unheard.SILENT);
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(1));
    expectTimedOutAndStop();
  }

  @Test
  void noFromBothIsRelayedAtOnce() {
    to1.tell(Negative.NXDOMAIN);
    client.expectNoMessage(Duration.ZERO);
    to2.tell(Negative.NXDOMAIN);
    expectReplyAndStop(Negative.NXDOMAIN);
  }

  @Test
  void answerWinsWhenTheOtherActorIsDead() {
    ts1.stop();
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
  }

  @Test
  void queryTimesOutWithOneDeadAndOneSilent() {
    ts1.stop();
    time.timePasses(DEADLINE);
    expectTimedOutAndStop();
  }

  @Test
  void timeoutTellsWhoWasSilentAndWhatOthersSaid() {
    to1.tell(Negative.NXDOMAIN);
    nanos.set(DEADLINE.toNanos());
    time.timePasses(DEADLINE);
    assertThat(Explanation.of(client.receiveMessage()))
        .isEqualTo("TIMED OUT: ts2 silent 5.0 s; ts1 NXDOMAIN");
  }

  @Test
  void noWaitsForAServerThatGoesDownUntilTheDeadline() {
    to1.tell(Negative.NXDOMAIN);
    goesDown(TS2);
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(1));
    Outcome outcome = client.receiveMessage();
    assertThat(outcome.reply()).isEqualTo(new Reply.Relayed(Negative.NXDOMAIN));
    assertThat(Explanation.of(outcome)).isEqualTo("without ts2 down: silent");
    client.expectTerminated(coordinator);
  }

  @Test
  void noWithoutADownServerIsWithheldIfSoConfigured() {
    ActorRef<QueryCoordinator.Command> strict = coordinator(terms(true, false), Health.UP, DOWN);
    asked(ts1).tell(Negative.NXDOMAIN);
    Outcome outcome = client.receiveMessage();
    assertThat(outcome.reply()).isEqualTo(Reply.Unanswered.WITHHELD);
    assertThat(Explanation.of(outcome)).isEqualTo("NXDOMAIN without ts2 down: silent");
    client.expectTerminated(strict);
  }

  @Test
  void yesOfADownServerWins() {
    goesDown(TS2);
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
  }

  @Test
  void textQueryWaitsForTheDeadlineWhenAllAreDown() {
    goesDown(TS1);
    goesDown(TS2);
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    to2.tell(FROM_2);
    expectReplyAndStop(FROM_2);
  }

  @Test
  void dnsQueryFailsAtOnceWhenAllAreDown() {
    coordinator(terms(false, true), DOWN, DOWN);
    Answer notAsked = new Answer.Unheard(Answer.Unheard.Cause.DOWN);
    asked(ts1).tell(notAsked);
    asked(ts2).tell(notAsked);
    Outcome outcome = client.receiveMessage();
    assertThat(outcome.reply()).isEqualTo(Reply.Unanswered.ALL_DOWN);
    assertThat(Explanation.of(outcome)).isEqualTo("ts1 down: silent; ts2 down: silent");
  }

  @Test
  void dnsQueryThatADownServerWasAskedWaitsForItWhileNothingElseIsSaid() {
    coordinator(terms(false, true), DOWN, DOWN);
    asked(ts1).tell(new Answer.Unheard(Answer.Unheard.Cause.DOWN));
    ActorRef<Answer> slow = asked(ts2);
    time.timePasses(DEADLINE.minusMillis(1));
    client.expectNoMessage(Duration.ZERO);
    slow.tell(FROM_2);
    assertThat(client.receiveMessage().reply()).isEqualTo(new Reply.Relayed(FROM_2));
  }

  @Test
  void upstreamInTroubleIsAskedAgainAndItsAnswerCounts() {
    to2.tell(Negative.NXDOMAIN);
    to1.tell(new Answer.Unheard(Answer.Unheard.Cause.CUT, "TCP: refused"));
    client.expectNoMessage(Duration.ZERO);
    asked(ts1).tell(FROM_1);
    expectReplyAndStop(FROM_1);
    ts1.expectNoMessage(Duration.ZERO);
  }

  @Test
  void troubleUntilTheDeadlineIsATimeOutThatNamesIt() {
    to2.tell(Negative.NXDOMAIN);
    Answer trouble = new Answer.Unheard(Answer.Unheard.Cause.CUT, "TCP: refused");
    to1.tell(trouble);
    asked(ts1).tell(trouble);
    ts1.expectNoMessage(Duration.ZERO);
    nanos.set(DEADLINE.toNanos());
    time.timePasses(DEADLINE);
    Outcome outcome = client.receiveMessage();
    assertThat(outcome.reply()).isEqualTo(Reply.Unanswered.TIMED_OUT);
    assertThat(Explanation.of(outcome))
        .isEqualTo("TIMED OUT: ts1 cut answer, TCP: refused; ts2 NXDOMAIN");
  }

  @Test
  void lateAnswerAfterTheReplyChangesNothing() {
    time.timePasses(Duration.ofSeconds(3));
    to1.tell(FROM_1);
    expectReplyAndStop(FROM_1);
    time.timePasses(Duration.ofSeconds(3));
    to2.tell(FROM_2);
    expectNoMore();
  }

  @Test
  void answersAfterTheDeadlineChangeNothing() {
    time.timePasses(DEADLINE);
    expectTimedOutAndStop();
    to1.tell(FROM_1);
    to2.tell(FROM_2);
    expectNoMore();
  }

  @Test
  void serverThatAnswersTwiceCountsOnce() {
    to1.tell(Negative.NXDOMAIN);
    to1.tell(Negative.NXDOMAIN);
    client.expectNoMessage(Duration.ZERO);
    to2.tell(Negative.NXDOMAIN);
    expectReplyAndStop(Negative.NXDOMAIN);
  }

  @Test
  void deadlineAfterTheReplyBringsNoSecondReply() {
    to1.tell(FROM_1);
    expectReplyAndStop(FROM_1);
    time.timePasses(DEADLINE.multipliedBy(2));
    expectNoMore();
  }

  @Test
  void replyTellsPendingUpstreamsToForget() {
    to1.tell(FROM_1);
    expectReplyAndStop(FROM_1);
    ts2.expectMessage(new TsProxy.Forget(QUERY));
    ts1.expectNoMessage(Duration.ZERO);
  }

  @Test
  void deadlineTellsSilentUpstreamsToForget() {
    time.timePasses(DEADLINE);
    expectTimedOutAndStop();
    ts1.expectMessage(new TsProxy.Forget(QUERY));
    ts2.expectMessage(new TsProxy.Forget(QUERY));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void queryEndsForAnyNumberOfUpstreams(int count) {
    List<TestProbe<TsProxy.Command>> servers =
        IntStream.range(0, count)
            .mapToObj(i -> testKit.<TsProxy.Command>createTestProbe())
            .toList();
    Map<UpstreamId, Upstream> upstreams = new LinkedHashMap<>();
    Map<UpstreamId, Health> health = new LinkedHashMap<>();
    for (TestProbe<TsProxy.Command> server : servers) {
      Upstream upstream = Balancers.upstream("ts" + upstreams.size(), server.getRef());
      upstreams.put(upstream.id(), upstream);
      health.put(upstream.id(), Health.UP);
    }
    testKit.spawn(
        QueryCoordinator.create(
            task(TERMS, Plan.allAtOnce(upstreams.keySet()), health), shared(upstreams, health)));
    List<ActorRef<Answer>> replies = servers.stream().map(QueryCoordinatorTest::asked).toList();
    replies.subList(1, count).forEach(reply -> reply.tell(Negative.NXDOMAIN));
    client.expectNoMessage(Duration.ZERO);
    replies.get(0).tell(FROM_1);
    assertThat(client.receiveMessage().reply()).isEqualTo(new Reply.Relayed(FROM_1));
    client.expectNoMessage(Duration.ZERO);
  }

  private static Race.Terms terms(boolean waitsForAllDown, boolean negativesWithout) {
    return new Race.Terms(DEADLINE, PATIENCE, waitsForAllDown, negativesWithout, Set.of());
  }

  private ActorRef<QueryCoordinator.Command> coordinator(
      Race.Terms terms, Health health1, Health health2) {
    Map<UpstreamId, Health> health = new LinkedHashMap<>();
    health.put(TS1, health1);
    health.put(TS2, health2);
    Map<UpstreamId, Upstream> upstreams =
        Map.of(
            TS1, Balancers.upstream("ts1", ts1.getRef()),
            TS2, Balancers.upstream("ts2", ts2.getRef()));
    return testKit.spawn(
        QueryCoordinator.create(task(terms, BOTH, health), shared(upstreams, health)));
  }

  private QueryCoordinator.Task task(Race.Terms terms, Plan plan, Map<UpstreamId, Health> health) {
    return new QueryCoordinator.Task(
        QUERY,
        Balancers.query(QUESTION, DEADLINE),
        new Congestion().begin(),
        Race.begin(terms, plan, health, 0),
        client.getRef());
  }

  private QueryCoordinator.Shared shared(
      Map<UpstreamId, Upstream> upstreams, Map<UpstreamId, Health> health) {
    known = new KnownHealth(health.keySet());
    health.forEach(this::becomes);
    return new QueryCoordinator.Shared(
        upstreams, known, new HedgeBudget(0), nanos::get, Optional.empty());
  }

  private void goesDown(UpstreamId upstream) {
    becomes(upstream, DOWN);
  }

  private void becomes(UpstreamId upstream, Health health) {
    known.change(upstream, EnumSet.allOf(Query.Protocol.class), health);
  }

  private static ActorRef<Answer> asked(TestProbe<TsProxy.Command> server) {
    TsProxy.Ask query = server.expectMessageClass(TsProxy.Ask.class);
    assertThat(query.id()).isEqualTo(QUERY);
    assertThat(query.question()).isEqualTo(QUESTION);
    return query.replyTo();
  }

  private void expectReplyAndStop(Answer expected) {
    assertThat(client.receiveMessage().reply()).isEqualTo(new Reply.Relayed(expected));
    client.expectTerminated(coordinator);
  }

  private void expectTimedOutAndStop() {
    assertThat(client.receiveMessage().reply()).isEqualTo(Reply.Unanswered.TIMED_OUT);
    client.expectTerminated(coordinator);
  }

  private void expectNoMore() {
    client.expectNoMessage(Duration.ZERO);
  }
}
