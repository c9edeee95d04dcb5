package firstanswer.upstream.dns;

import firstanswer.dns.Answer;
import firstanswer.dns.message.RawMessage;
import firstanswer.resolver.Health;
import firstanswer.tsproxy.TsProxy;
import java.net.InetSocketAddress;
import java.time.Duration;

/** An action that an {@link Exchange} wants in the world of sockets, timers and actors. */
sealed interface Effect {

  /** Carries out the action. */
  void carryOut(World world);

  /** The world that carries out effects. */
  interface World {
    /** Begins to open the UDP socket of {@code channel}, for datagrams of {@code server} only. */
    void openSocket(int channel, InetSocketAddress server);

    /** Closes the UDP socket of {@code channel}. */
    void closeSocket(int channel);

    /** Sends a query over the UDP socket of {@code channel}. */
    void send(int channel, RawMessage query, InetSocketAddress server);

    /** Begins to open a TCP connection; the last connection is gone. */
    void connect(int connection, InetSocketAddress server);

    /** Closes the TCP connection. */
    void disconnect();

    /** Sends a query over the TCP connection; the transaction has {@code id} there. */
    void sendOverTcp(int id, RawMessage query);

    /** Gives an asker its answer. */
    void reply(TsProxy.Ask asker, Answer answer);

    /** Calls {@link Exchange#onTick} again and again. */
    void startTicks(Duration interval);

    /** Ends the calls of {@link Exchange#onTick}. */
    void stopTicks();

    /**
     * Calls {@link Exchange#onTickHandled} once all messages that have arrived by now are handled.
     */
    void handleQueueFirst(long tick);

    /** Calls {@link Exchange#onProbeDue} once, after {@code delay}. */
    void startProbeTimer(Duration delay);

    /** Cancels the call of {@link Exchange#onProbeDue}. */
    void stopProbeTimer();

    /** Logs the new health of the server, and tells the watcher. */
    void changeHealth(Health health);

    /** Tells whether more queries wait than the server answers soon. */
    void changeCongestion(boolean isCongested);

    /** Logs that nothing is known of the server's host yet. */
    void logHostUnknown(String reason);
  }

  /** See {@link World#openSocket}. */
  record OpenSocket(int channel, InetSocketAddress server) implements Effect {
    @Override
    public void carryOut(World world) {
      world.openSocket(channel, server);
    }
  }

  /** See {@link World#closeSocket}. */
  record CloseSocket(int channel) implements Effect {
    @Override
    public void carryOut(World world) {
      world.closeSocket(channel);
    }
  }

  /** See {@link World#send}. */
  record Send(int channel, RawMessage query, InetSocketAddress server) implements Effect {
    @Override
    public void carryOut(World world) {
      world.send(channel, query, server);
    }
  }

  /** See {@link World#connect}. */
  record Connect(int connection, InetSocketAddress server) implements Effect {
    @Override
    public void carryOut(World world) {
      world.connect(connection, server);
    }
  }

  /** See {@link World#disconnect}. */
  record Disconnect() implements Effect {
    @Override
    public void carryOut(World world) {
      world.disconnect();
    }
  }

  /** See {@link World#sendOverTcp}. */
  record SendOverTcp(int id, RawMessage query) implements Effect {
    @Override
    public void carryOut(World world) {
      world.sendOverTcp(id, query);
    }
  }

  /** See {@link World#reply}. */
  record Reply(TsProxy.Ask asker, Answer answer) implements Effect {
    @Override
    public void carryOut(World world) {
      world.reply(asker, answer);
    }
  }

  /** See {@link World#startTicks}. */
  record StartTicks(Duration interval) implements Effect {
    @Override
    public void carryOut(World world) {
      world.startTicks(interval);
    }
  }

  /** See {@link World#stopTicks}. */
  record StopTicks() implements Effect {
    @Override
    public void carryOut(World world) {
      world.stopTicks();
    }
  }

  /** See {@link World#handleQueueFirst}. */
  record HandleQueueFirst(long tick) implements Effect {
    @Override
    public void carryOut(World world) {
      world.handleQueueFirst(tick);
    }
  }

  /** See {@link World#startProbeTimer}. */
  record StartProbeTimer(Duration delay) implements Effect {
    @Override
    public void carryOut(World world) {
      world.startProbeTimer(delay);
    }
  }

  /** See {@link World#stopProbeTimer}. */
  record StopProbeTimer() implements Effect {
    @Override
    public void carryOut(World world) {
      world.stopProbeTimer();
    }
  }

  /** See {@link World#changeHealth}. */
  record ChangeHealth(Health health) implements Effect {
    @Override
    public void carryOut(World world) {
      world.changeHealth(health);
    }
  }

  /** See {@link World#changeCongestion}. */
  record ChangeCongestion(boolean isCongested) implements Effect {
    @Override
    public void carryOut(World world) {
      world.changeCongestion(isCongested);
    }
  }

  /** See {@link World#logHostUnknown}. */
  record LogHostUnknown(String reason) implements Effect {
    @Override
    public void carryOut(World world) {
      world.logHostUnknown(reason);
    }
  }
}
