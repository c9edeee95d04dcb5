package firstanswer.access;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.transport.tcp.Unsent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnsentAnswersTest {
  private static final int LIMIT = 100;

  private final UnsentAnswers answers = new UnsentAnswers(LIMIT);
  private final List<String> cutOff = new ArrayList<>();
  private final List<String> counted = new ArrayList<>();

  @Test
  void answersWithinTheLimitsCutNobodyOff() {
    open("192.0.2.1", "a").add(LIMIT / 2);
    open("192.0.2.2", "b").add(LIMIT / 2);
    assertThat(cutOff).isEmpty();
    assertThat(answers.bytes()).isEqualTo(LIMIT);
  }

  @Test
  void clientOverHalfLosesItsLargestConnection() {
    Unsent small = open("192.0.2.1", "small");
    open("192.0.2.1", "large").add(30);
    open("192.0.2.2", "other").add(50);
    assertThat(small.add(20)).isTrue();
    assertThat(cutOff).isEmpty();
    assertThat(small.add(1)).isTrue();
    assertThat(cutOff).containsExactly("large");
    assertThat(counted).containsExactly("large");
  }

  @Test
  void allClientsTogetherOverTheLimitCostTheLargestOne() {
    open("192.0.2.1", "a1").add(25);
    open("192.0.2.1", "a2").add(20);
    open("192.0.2.2", "b").add(40);
    open("192.0.2.3", "c").add(15);
    assertThat(cutOff).isEmpty();
    assertThat(open("192.0.2.4", "d").add(1)).isTrue();
    assertThat(cutOff).containsExactly("a1");
  }

  @Test
  void sentAnswersMakeRoom() {
    Unsent connection = open("192.0.2.1", "a");
    for (int i = 0; i < 100; i++) {
      connection.add(40);
      connection.sent(40);
    }
    assertThat(cutOff).isEmpty();
    assertThat(answers.bytes()).isZero();
  }

  @Test
  void cutConnectionTakesMemoryUntilItEndsButNoMore() {
    Unsent connection = open("192.0.2.1", "a");
    assertThat(connection.add(60)).isTrue();
    assertThat(cutOff).containsExactly("a");
    assertThat(connection.add(1)).isFalse();
    connection.sent(5);
    assertThat(answers.bytes()).isEqualTo(60);
    assertThat(open("192.0.2.1", "b").add(50)).isTrue();
    connection.close();
    assertThat(answers.bytes()).isEqualTo(50);
    assertThat(cutOff).containsExactly("a");
  }

  @Test
  void answersOverTwiceTheLimitAreDroppedUntilCutConnectionsEnd() {
    Unsent first = open("192.0.2.1", "first");
    first.add(60);
    Unsent second = open("192.0.2.1", "second");
    second.add(60);
    assertThat(cutOff).containsExactly("first", "second");
    assertThat(open("192.0.2.1", "third").add(1)).isFalse();
    assertThat(cutOff).containsExactly("first", "second", "third");
    assertThat(open("192.0.2.2", "other").add(40)).isTrue();
    first.close();
    second.close();
    assertThat(open("192.0.2.1", "fourth").add(1)).isTrue();
  }

  @Test
  void connectionThatHasEndedCountsNoMore() {
    Unsent connection = open("192.0.2.1", "a");
    connection.add(40);
    connection.close();
    connection.close();
    assertThat(connection.add(1000)).isFalse();
    connection.sent(5);
    assertThat(answers.bytes()).isZero();
    assertThat(cutOff).isEmpty();
  }

  private Unsent open(String address, String name) {
    Unsent connection = answers.open(client(address), () -> counted.add(name));
    connection.cutBy(() -> cutOff.add(name));
    return connection;
  }

  private static ClientNetwork client(String address) {
    try {
      return ClientNetwork.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
