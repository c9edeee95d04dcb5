package firstanswer.dns.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireNameTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "127, 127", "128, -1", "5000, -1"})
  void aNameHasAtMost127Pointers(int pointers, int taken) {
    byte[] bytes = pointers(pointers);
    int start = pointers == 0 ? Header.LENGTH : bytes.length - 2;
    assertThat(WireName.end(bytes, start)).isEqualTo(taken < 0 ? -1 : bytes.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 14, 15, 0x3fff})
  void aPointerToItselfOrForwardIsNoName(int target) {
    byte[] bytes = new byte[20];
    Arrays.fill(bytes, (byte) 0);
    Header.setWord(bytes, 12, 0xc000 | target);
    assertThat(WireName.end(bytes, 12)).isEqualTo(-1);
  }

  @Test
  void theTargetOfAPointerEndsBeforeTheName() {
    byte[] bytes = new byte[24];
    bytes[12] = 3;
    Header.setWord(bytes, 14, 0xc00c);
    assertThat(WireName.end(bytes, 14)).isEqualTo(-1);
    bytes[12] = 1;
    bytes[14] = 0;
    Header.setWord(bytes, 15, 0xc00c);
    assertThat(WireName.end(bytes, 15)).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource({"254, 255", "255, -1"})
  void aNameHasAtMost255Bytes(int labelBytes, int length) {
    // Labels of one byte; the last label has two bytes where the length is even.
    byte[] bytes = new byte[Header.LENGTH + labelBytes + 1];
    for (int at = Header.LENGTH; at < bytes.length - 1; at += 2) {
      bytes[at] = (byte) (bytes.length - 1 - at == 3 ? 2 : 1);
      at += bytes[at] - 1;
    }
    assertThat(WireName.end(bytes, Header.LENGTH))
        .isEqualTo(length < 0 ? -1 : Header.LENGTH + length);
  }

  /** A header, the root, and {@code count} pointers, each to the one before. */
  private static byte[] pointers(int count) {
    byte[] bytes = new byte[Header.LENGTH + 1 + 2 * count];
    for (int i = 0; i < count; i++) {
      int at = Header.LENGTH + 1 + 2 * i;
      Header.setWord(bytes, at, 0xc000 | (i == 0 ? Header.LENGTH : at - 2));
    }
    return bytes;
  }
}
