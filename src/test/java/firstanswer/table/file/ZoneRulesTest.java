package firstanswer.table.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

class ZoneRulesTest {
  private static final Name APEX = Name.fromConstantString("example.org.");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4095 | ''",
        "4096 | expected at most 4096 records of one owner, found another of a.example.org.",
      })
  void ownerMayHaveAtMost4096Records(int present, String refusal) throws Exception {
    SOARecord soa = new SOARecord(APEX, DClass.IN, 300, APEX, APEX, 1, 7200, 3600, 1209600, 120);
    Name owner = Name.fromString("a", APEX);
    Record record = Record.fromString(owner, Type.A, DClass.IN, 60, "192.0.2.1", APEX);
    assertThat(ZoneRules.refusal(record, soa, Collections.nCopies(present, record)).orElse(""))
        .isEqualTo(refusal);
  }
}
