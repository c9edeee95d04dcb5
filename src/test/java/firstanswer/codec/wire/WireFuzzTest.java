package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Reads broken and random messages: no message throws or takes long, and each response belongs to
 * its query. {@code -Dfuzz.seconds=N} sets the duration, {@code -Dfuzz.seed=N} repeats a run, and
 * the Maven profile {@code fuzz} runs for an hour.
 */
@Tag("slow")
class WireFuzzTest {
  private static final long SECONDS = Long.getLong("fuzz.seconds", 3);
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Optional<ExtendedError> WHY =
      Optional.of(ExtendedError.noReachableAuthority("without server1"));
  private static final String NAME = "www.example.org.";

  private final Random random = new Random(SEED);
  private final List<byte[]> corpus = corpus();
  private final List<ClientQuery> queries =
      List.of(
          Messages.received(Messages.query(NAME, Type.A)),
          Messages.received(Messages.withDnssecOk(Messages.query(NAME, Type.A))));

  @Test
  void noMessageThrowsOrTakesLong() {
    assertTimeoutPreemptively(Duration.ofSeconds(SECONDS + 60), this::fuzz);
  }

  private void fuzz() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < SECONDS * 1_000_000_000L) {
      byte[] message = next();
      byte[] copy = message.clone();
      long begun = System.nanoTime();
      try {
        asQuery(message);
        asResponse(message);
        assertThat(message).isEqualTo(copy);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + SEED + ", message " + HexFormat.of().formatHex(copy), e);
      }
    }
  }

  private void asQuery(byte[] message) {
    ClientMessage received = QueryReader.read(message);
    if (received instanceof ClientMessage.OtherOpcode other) {
      assertAnswers(message, ResponseWriter.headerOnly(other.id(), other.flags(), Rcode.NOTIMP));
    } else if (received instanceof ClientMessage.Malformed malformed) {
      assertAnswers(
          message, ResponseWriter.headerOnly(malformed.id(), malformed.flags(), Rcode.FORMERR));
    } else if (received instanceof ClientQuery query) {
      byte[] upstream = UpstreamQuery.write(query.question(), 1);
      assertThat(Messages.received(upstream).question()).isEqualTo(query.question());
      for (Answer answer : List.of(Answer.Failure.SERVFAIL, Answer.Negative.NODATA)) {
        assertAnswers(
            message,
            ResponseWriter.write(query, answer, Optional.empty(), ResponseWriter.UNLIMITED, 512));
      }
      assertAnswers(message, ResponseWriter.minimalAny(query));
      assertAnswers(message, ResponseWriter.empty(query, Rcode.BADVERS));
      assertAnswers(message, ResponseWriter.empty(query, Rcode.REFUSED));
    }
  }

  private void asResponse(byte[] message) {
    AnswerReader.id(message);
    Content.Message.read(message).ifPresent(AddressReader::firstAddress);
    for (ClientQuery query : queries) {
      Optional<Answer> answer =
          AnswerReader.read(query.bytes(), message).map(UpstreamResponse::answer);
      if (answer.isPresent()) {
        byte[] response =
            ResponseWriter.write(
                query, answer.get(), WHY, ResponseWriter.UNLIMITED, ResponseWriter.MAX_BYTES);
        assertThat(Header.word(response, 0)).isEqualTo(query.id());
        // Our own scan, since dnsjava cannot parse all data of records that we pass on.
        assertThat(WireMessage.read(response)).isPresent();
        assertThat(Arrays.copyOfRange(response, Header.LENGTH, query.questionEnd()))
            .isEqualTo(Arrays.copyOfRange(query.bytes(), Header.LENGTH, query.questionEnd()));
      }
    }
  }

  private static void assertAnswers(byte[] query, byte[] response) {
    assertThat(Messages.parse(response).getHeader().getID()).isEqualTo(Header.word(query, 0));
  }

  private byte[] next() {
    if (random.nextInt(20) == 0) {
      byte[] noise = new byte[random.nextInt(random.nextInt(10) == 0 ? 65_536 : 600)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] message = corpus.get(random.nextInt(corpus.size())).clone();
    for (int i = random.nextInt(4); i >= 0 && message.length > 0; i--) {
      message = mutated(message);
    }
    return message;
  }

  private byte[] mutated(byte[] message) {
    int at = random.nextInt(message.length);
    switch (random.nextInt(7)) {
      case 0 -> message[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> message[at] = (byte) random.nextInt(256);
      case 2 -> {
        return Arrays.copyOf(message, at);
      }
      case 3 -> {
        return spliced(message, at);
      }
      case 4 -> setWord(message, at, 0xc000 | random.nextInt(message.length));
      case 5 -> setWord(message, at, 0xc000 | at);
      default -> setWord(message, 4 + 2 * random.nextInt(4), random.nextInt(0x10000));
    }
    return message;
  }

  private static void setWord(byte[] message, int at, int value) {
    if (at + 1 < message.length) {
      Header.setWord(message, at, value & 0xffff);
    }
  }

  /** The start of the message and the end of another. */
  private byte[] spliced(byte[] message, int at) {
    byte[] other = corpus.get(random.nextInt(corpus.size()));
    int from = random.nextInt(other.length);
    byte[] both = Arrays.copyOf(message, at + other.length - from);
    System.arraycopy(other, from, both, at, other.length - from);
    return both.length <= ResponseWriter.MAX_BYTES ? both : message;
  }

  private static List<byte[]> corpus() {
    GenericEDNSOption option = new GenericEDNSOption(65001, new byte[9]);
    List<byte[]> corpus = new ArrayList<>();
    for (int type : new int[] {Type.A, Type.ANY, Type.AXFR, 65280}) {
      corpus.add(Messages.query(NAME, type).toWire());
      corpus.add(Messages.withOpt(Messages.query(Messages.LONGEST, type), option).toWire());
    }
    for (int rcode : new int[] {Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.SERVFAIL}) {
      for (int answers : new int[] {0, 1, 3, 14, 1000}) {
        corpus.add(response(rcode, answers).toWire());
        corpus.add(Messages.withDnssecOk(response(rcode, answers), option).toWire());
      }
    }
    return corpus;
  }

  /** A chain of CNAME records with an address at its end. */
  private static Message response(int rcode, int answers) {
    return Messages.response(
        NAME,
        Type.A,
        rcode,
        m -> {
          String owner = NAME;
          for (int i = 1; i < answers; i++) {
            String target = "a" + i + ".example.net.";
            m.addRecord(Messages.cname(owner, target), Section.ANSWER);
            owner = target;
          }
          if (answers > 0) {
            m.addRecord(Messages.a(owner, "192.0.2.1"), Section.ANSWER);
          }
          m.addRecord(Messages.soa("example.org."), Section.AUTHORITY);
        });
  }
}
