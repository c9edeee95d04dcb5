package firstanswer.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.app.LatencyPlot.Line;
import firstanswer.app.LatencyPlot.Style;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LatencyPlotTest {
  @Test
  void curveStaysUntilTheNextLatencyAndEndsAtTheFrame() throws Exception {
    Histogram nanos = new Histogram(10_000_000_000L, 3);
    nanos.recordValueWithCount(1_000_000, 99);
    nanos.recordValueWithCount(5_000_000_000L, 1);
    Line line = new Line(new Style("label", "red", 2, "none"), nanos);
    String svg = new LatencyPlot("title", "subtitle", List.of(line)).svg();
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)))
            .getDocumentElement();
    assertThat(root.getTextContent()).contains("title", "subtitle", "label: p99 1.00 ms");
    // All wait until 1 ms; 1 in 100, half way down, until the right edge, where 5 s would be.
    assertThat(svg).containsPattern("M136\\.0 142\\.0H298\\.\\dV322\\.0H836\\.0V502\\.0\"");
  }
}
