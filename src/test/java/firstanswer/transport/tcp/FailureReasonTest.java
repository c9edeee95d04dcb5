package firstanswer.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailureReasonTest {
  /** As Akka makes it. */
  private final Throwable timeout =
      new ConnectException("Connect timeout of Some(2 seconds) expired") {
        private static final long serialVersionUID = 1L;
      };

  private final Throwable refused =
      new CompletionException("Tcp command failed", new ConnectException("Connection refused"));

  @Test
  void reasonIsTheInnermostMessageInPlainWords() {
    assertThat(FailureReason.of(refused)).isEqualTo("Connection refused");
    assertThat(FailureReason.of(timeout)).isEqualTo("no answer within 2 seconds");
    assertThat(FailureReason.of(new ConnectException("[a/192.0.2.1:53] Address in use")))
        .isEqualTo("Address in use");
    assertThat(FailureReason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void onlyTheWordOfTheHostIsARefusal() {
    assertThat(FailureReason.isRefusal(refused)).isTrue();
    assertThat(FailureReason.isRefusal(timeout)).isFalse();
    assertThat(FailureReason.isRefusal(new NoRouteToHostException("no route"))).isFalse();
  }

  @Test
  void unknownHostIsKnownByItsInnermostCause() {
    assertThat(FailureReason.isUnknownHost(new CompletionException(new UnknownHostException("a"))))
        .isTrue();
    assertThat(FailureReason.isUnknownHost(refused)).isFalse();
  }
}
