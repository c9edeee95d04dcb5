package firstanswer.transport.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import firstanswer.transport.loop.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client of the system beside a connection that we have accepted. */
@Timeout(60)
class TcpConnectionTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final int MUCH = 16 << 20;
  private static final int PATIENCE_SECONDS = 10;

  @AfterAll
  static void shutdown() {
    TEST_KIT.shutdownTestKit();
  }

  /** A client of a server that has this conversation with it. */
  private static Socket connect(Flow<ByteString, ByteString, NotUsed> conversation)
      throws IOException {
    Acceptor acceptor =
        CompletableFuture.supplyAsync(
                () ->
                    Acceptor.bind(
                        EventLoop.current(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new Acceptor.Options(1 << 16, 1),
                        accepted -> {
                          Flow.fromGraph(new TcpConnection(accepted))
                              .join(conversation)
                              .run(TEST_KIT.system());
                          return CompletableFuture.completedStage(null);
                        }),
                EventLoop.executor(TEST_KIT.system()))
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
    Socket client = new Socket(acceptor.address().getAddress(), acceptor.address().getPort());
    acceptor.close();
    return client;
  }

  @Test
  void bytesComeBackInTheirOrder() throws Exception {
    byte[] much = new byte[MUCH];
    for (int i = 0; i < MUCH; i++) {
      much[i] = (byte) (i >> 10);
    }
    try (Socket client = connect(Flow.create())) {
      CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> readAll(client));
      client.getOutputStream().write(much);
      client.shutdownOutput();
      assertThat(Arrays.equals(read.get(PATIENCE_SECONDS, TimeUnit.SECONDS), much)).isTrue();
    }
  }

  private static byte[] readAll(Socket client) {
    try {
      return client.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void clientThatHasEndedStillGetsItsAnswer() throws Exception {
    CompletableFuture<ByteString> answer = new CompletableFuture<>();
    try (Socket client =
        connect(Flow.fromSinkAndSource(Sink.ignore(), Source.completionStage(answer)))) {
      client.getOutputStream().write(1);
      client.shutdownOutput();
      answer.complete(ByteString.fromString("answer"));
      assertThat(readAll(client)).isEqualTo("answer".getBytes(US_ASCII));
    }
  }

  /** Nobody wants the bytes of the client, which reads nothing before it has written them. */
  @Test
  void clientThatNobodyReadsFromCanWriteAndGetsItsAnswer() throws Exception {
    CompletableFuture<ByteString> answer = new CompletableFuture<>();
    try (Socket client =
        connect(Flow.fromSinkAndSource(Sink.cancelled(), Source.completionStage(answer)))) {
      client.getOutputStream().write(new byte[MUCH]);
      answer.complete(ByteString.fromString("answer"));
      assertThat(readAll(client)).isEqualTo("answer".getBytes(US_ASCII));
    }
  }

  @Test
  void failureResetsTheConnection() throws Exception {
    CompletableFuture<ByteString> answer = new CompletableFuture<>();
    try (Socket client =
        connect(Flow.fromSinkAndSource(Sink.ignore(), Source.completionStage(answer)))) {
      answer.completeExceptionally(new IOException("of the test"));
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void resetByTheClientEndsTheConversation() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Flow<ByteString, ByteString, NotUsed> conversation =
        Flow.fromSinkAndSource(
            Flow.<ByteString>create()
                .mapError(
                    Throwable.class,
                    e -> {
                      failure.complete(e);
                      return e;
                    })
                .to(Sink.ignore()),
            Source.maybe());
    try (Socket client = connect(conversation)) {
      client.setSoLinger(true, 0);
    }
    assertThat(failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
  }
}
