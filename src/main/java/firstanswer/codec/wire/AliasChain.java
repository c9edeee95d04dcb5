package firstanswer.codec.wire;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/**
 * The way from the name asked for, through its aliases, to the record asked for; in the answer
 * section, whose records may have any order.
 */
final class AliasChain {
  /** Longer chains are loops, or mischief; resolvers follow about a dozen. */
  private static final int MAX_ALIASES = 16;

  private static final int NONE = -1;

  private final WireMessage message;
  private final int first;
  private int nameAt = Header.LENGTH;
  private int aliases;
  private int record;
  private boolean broken;

  /** Follows the question of {@code message}, which must have one. */
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
    broken =
        aliases > MAX_ALIASES || WireName.end(message.bytes(), nameAt) != message.dataEnd(record);
    record = broken ? NONE : find();
  }

  /** The record at the name that is of the type asked for, or else an alias; -1 if neither. */
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

  /** Whether an alias is no name, or there are too many. */
  boolean isBroken() {
    return broken;
  }

  boolean hasAliases() {
    return aliases > 0;
  }

  /** Whether the record asked for is there. */
  boolean hasRecord() {
    return record != NONE;
  }

  /** The index of the record asked for, which there must be; the first, if there are several. */
  int record() {
    return record;
  }

  /** The index of the record at the name asked for: an alias, or the record. There must be one. */
  int first() {
    return first;
  }
}
