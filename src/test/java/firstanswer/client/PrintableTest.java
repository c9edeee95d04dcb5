package firstanswer.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void ordinaryTextIsTheSame() {
    String text = "A.example\t192.0.2.1 A IN\nb ~\u00a0\u00ff";
    assertThat(Printable.ofServer(text)).isSameAs(text);
    assertThat(Printable.ofUser(text)).isSameAs(text);
  }

  @Test
  void controlCharactersOfAServerAreWrittenAsNumbers() {
    assertThat(Printable.ofServer("a\u0000\u0007\b\r\u001b[2J\u007f\u0080\u009b1m\u009f"))
        .isEqualTo("a\\000\\007\\008\\013\\027[2J\\127\\128\\1551m\\159");
  }

  /** The second byte of many letters in UTF-8 is a control character of Latin-1. */
  @Test
  void namesOfTheUserKeepTheirUtf8() {
    assertThat(Printable.ofUser("\u00c3\u0089t\u00c3\u00a9\u001b"))
        .isEqualTo("\u00c3\u0089t\u00c3\u00a9\\027");
  }
}
