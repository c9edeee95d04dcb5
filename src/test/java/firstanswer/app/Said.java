package firstanswer.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** An answer to a client, as far as it matters whether the client takes a name for nonexistent. */
enum Said {
  POSITIVE,
  /** NXDOMAIN, as if all servers had said so. */
  NO,
  /** NXDOMAIN that says who was not heard, and is forgotten soon. */
  NO_WITHOUT,
  /** NXDOMAIN that either says who was not heard or is forgotten soon, but not both. */
  HALF_MARKED_NO,
  /** SERVFAIL that says who was not heard. */
  NOT_HEARD,
  /** Another RCODE, or SERVFAIL that says nothing more. */
  FAILURE,
  /** NOERROR without a record. */
  NODATA,
  NOTHING;

  /** How long a "no" that was said without somebody may live. */
  private static final long MAX_TTL_SECONDS = 5;

  /**
   * The kind of {@code answer}.
   *
   * @param odd the address of the server that may not have been heard
   */
  static Said of(Message answer, String odd) {
    return switch (answer.getRcode()) {
      case Rcode.NOERROR -> answer.getSection(Section.ANSWER).isEmpty() ? NODATA : POSITIVE;
      case Rcode.NXDOMAIN -> ofNo(names(answer, odd), isShortLived(answer));
      case Rcode.SERVFAIL -> names(answer, odd) ? NOT_HEARD : FAILURE;
      default -> FAILURE;
    };
  }

  private static Said ofNo(boolean marked, boolean shortLived) {
    if (marked && shortLived) {
      return NO_WITHOUT;
    }
    return marked || shortLived ? HALF_MARKED_NO : NO;
  }

  private static boolean names(Message answer, String server) {
    return error(answer)
        .filter(
            error ->
                error.getErrorCode() == ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY
                    || error.getErrorCode() == ExtendedErrorCodeOption.NETWORK_ERROR)
        .filter(error -> error.getText().contains(server))
        .isPresent();
  }

  private static Optional<ExtendedErrorCodeOption> error(Message answer) {
    return Optional.ofNullable(answer.getOPT())
        .flatMap(
            opt ->
                opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                    .map(ExtendedErrorCodeOption.class::cast)
                    .findFirst());
  }

  private static boolean isShortLived(Message answer) {
    List<Record> records = new ArrayList<>(answer.getSection(Section.ANSWER));
    records.addAll(answer.getSection(Section.AUTHORITY));
    answer.getSection(Section.ADDITIONAL).stream()
        .filter(record -> record.getType() != Type.OPT)
        .forEach(records::add);
    return records.stream().allMatch(record -> record.getTTL() <= MAX_TTL_SECONDS);
  }

  /** Whether it is an NXDOMAIN. */
  boolean isNo() {
    return this == NO || isMarkedNo();
  }

  /** Whether it is an NXDOMAIN that says who was not heard, however long it lives. */
  boolean isMarkedNo() {
    return this == NO_WITHOUT || this == HALF_MARKED_NO;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
