package firstanswer.codec.wire;

import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import firstanswer.dns.message.WireName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/**
 * Follows the CNAME records of an answer section from the name asked for to a record of the type
 * asked for. The records may stand in any order.
 */
final class AliasChain {
  /**
   * The most aliases to follow; resolvers follow about a dozen. A longer chain is a loop or an
   * attack, and counts as a chain without a record, since its first name exists.
   */
  private static final int MAX_ALIASES = 16;

  private static final int NONE = -1;

  private final WireMessage message;
  private final int first;
  private int nameAt = Header.LENGTH;
  private int aliases;
  private int record;
  private boolean broken;

  /** Starts at the question of {@code message}, which must have one. */
  AliasChain(WireMessage message) {
    this.message = message;
    this.first = find();
    this.record = first;
    while (record != NONE && !broken && message.type(record) != message.questionType()) {
      followAlias();
    }
  }

  private void followAlias() {
    nameAt = message.data(record);
    aliases++;
    broken = WireName.end(message.bytes(), nameAt) != message.dataEnd(record);
    record = broken || aliases > MAX_ALIASES ? NONE : find();
  }

  /**
   * The record of the type asked for at the current name, or else the CNAME record; -1 if there is
   * neither.
   */
  private int find() {
    int alias = NONE;
    for (int i = 0; i < message.answers(); i++) {
      if (message.type(i) == message.questionType() && isAtName(i)) {
        return i;
      }
      if (alias == NONE && message.type(i) == Type.CNAME && isAtName(i)) {
        alias = i;
      }
    }
    return alias;
  }

  private boolean isAtName(int i) {
    return message.recordClass(i) == DClass.IN
        && WireName.same(message.bytes(), message.owner(i), message.bytes(), nameAt);
  }

  /** Whether the data of a CNAME record in the chain are not a name. */
  boolean isBroken() {
    return broken;
  }

  boolean hasAliases() {
    return aliases > 0;
  }

  /** Whether a record of the type asked for ends the chain. */
  boolean hasRecord() {
    return record != NONE;
  }

  /** The number of the first record that ends the chain; {@link #hasRecord} must be true. */
  int record() {
    return record;
  }

  /** The number of the record at the name asked for: a CNAME, or {@link #record}. */
  int first() {
    return first;
  }
}
