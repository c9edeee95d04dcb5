package firstanswer.upstream.dns;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HostPort;
import firstanswer.config.UpstreamAddress;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.testing.FakeUdp;
import firstanswer.testing.FakeUdp.Sent;
import firstanswer.testing.InTestThread;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import java.util.Optional;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A proxy of 192.0.2.53 that handles each message in the thread that sends it. */
final class ReadyDnsProxy {
  static final HostPort SERVER = new HostPort("192.0.2.53", 53);

  private ReadyDnsProxy() {}

  /**
   * Begins one and waits until it serves: another thread looks its server up and sends the queries
   * that wait for that. From then on the test's thread does all there is to do.
   */
  static ActorRef<TsProxy.Command> start(
      ActorTestKit testKit, FakeUdp udp, DnsUpstreamSettings settings) throws InterruptedException {
    ActorRef<TsProxy.Command> proxy = begin(testKit, udp, SERVER, settings);
    TestProbe<Answer> client = testKit.createTestProbe();
    Manner manner = new Manner.Dns(0x0100, Optional.empty());
    DomainName name = DomainName.parse("first.example").orElseThrow();
    proxy.tell(Asks.of(new Question(name, Type.A, manner), client.getRef()));
    Sent first = udp.next();
    first.answer(Responses.failure(first.query(), Rcode.REFUSED));
    client.receiveMessage();
    return proxy;
  }

  /** Begins one, which may not serve yet. */
  static ActorRef<TsProxy.Command> begin(
      ActorTestKit testKit, FakeUdp udp, HostPort server, DnsUpstreamSettings settings) {
    return testKit.spawn(
        DnsProxy.create(new UpstreamAddress.Dns("ns", server), settings, udp, new Congestion()),
        InTestThread.dispatcher());
  }
}
