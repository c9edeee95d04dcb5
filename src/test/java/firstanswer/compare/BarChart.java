package firstanswer.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the processor time of a query, for each forwarder and each load, as an SVG picture. */
record BarChart(String title, String subtitle, List<Comparison> comparisons, double floorMicros) {
  private static final double LEFT = 190;
  private static final double WIDTH = 560;
  private static final double TOP = 96;
  private static final double BAR = 20;
  private static final double GAP = 26;
  private static final double HEADING = 34;
  private static final String OURS = "firstanswer";

  String svg() {
    StringBuilder bars = new StringBuilder();
    double y = TOP;
    for (Comparison comparison : comparisons) {
      bars.append(text(24, y, "start", "#111", comparison.title()));
      y += HEADING - BAR;
      for (Map.Entry<String, Figures> each : comparison.medians().entrySet()) {
        bars.append(bar(y, each.getKey(), each.getValue().cpuMicros()));
        y += GAP;
      }
      y += HEADING;
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 %1$.0f" width="880" height="%1$.0f" \
    font-family="system-ui, sans-serif" font-size="14" fill="#333">
    <title>%2$s</title>
    <rect x="0.5" y="0.5" width="879" height="%3$.0f" rx="8" fill="#fff" stroke="#ddd"/>
    <text x="24" y="36" font-size="19" font-weight="600" fill="#111">%2$s</text>
    <text x="24" y="59" fill="#666">%4$s</text>
    %5$s%6$s</svg>
    """
        .formatted(y, title, y - 1, subtitle, bars, floor(y));
  }

  private String bar(double y, String name, double micros) {
    return text(LEFT - 10, y + BAR * 0.75, "end", "#333", name)
        + String.format(
            Locale.ROOT,
            "<rect x=\"%.0f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" fill=\"%s\"/>%n",
            LEFT,
            y,
            x(micros) - LEFT,
            BAR,
            name.startsWith(OURS) ? "#0072b2" : "#c4c4c4")
        + text(
            x(micros) + 8,
            y + BAR * 0.75,
            "start",
            "#111",
            String.format(Locale.ROOT, "%.1f µs", micros));
  }

  private String floor(double bottom) {
    return String.format(
            Locale.ROOT,
            "<line x1=\"%1$.1f\" y1=\"%2$.0f\" x2=\"%1$.1f\" y2=\"%3$.0f\" stroke=\"#d55e00\""
                + " stroke-dasharray=\"4 4\"/>%n",
            x(floorMicros),
            TOP,
            bottom - HEADING)
        + text(
            x(floorMicros) + 6,
            bottom - HEADING + 14,
            "start",
            "#d55e00",
            String.format(Locale.ROOT, "%.1f µs: the datagrams of a race alone", floorMicros));
  }

  private double x(double micros) {
    double most =
        comparisons.stream()
            .flatMap(comparison -> comparison.medians().values().stream())
            .mapToDouble(Figures::cpuMicros)
            .max()
            .orElse(1);
    return LEFT + WIDTH * micros / most;
  }

  private static String text(double x, double y, String anchor, String color, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        color,
        text);
  }
}
