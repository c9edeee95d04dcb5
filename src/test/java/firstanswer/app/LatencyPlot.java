package firstanswer.app;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Draws the share of the queries that wait for longer than a time, as an SVG picture with two
 * logarithmic axes, so that a thin tail is a third of the height.
 *
 * @param lines the later ones lie over the earlier ones
 */
record LatencyPlot(String title, String subtitle, List<Line> lines) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** The axes, as decimal logarithms: milliseconds, and share of the queries. */
  private static final double FIRST_TIME = -1;

  private static final double LAST_TIME = Math.log10(2000);
  private static final double LAST_SHARE = -4;

  /** The frame of the axes, in pixels. */
  private static final double LEFT = 136;

  private static final double RIGHT = 836;
  private static final double TOP = 142;
  private static final double BOTTOM = 502;

  /** The legend lies above the frame, since the curves may be anywhere in it. */
  private static final int LEGEND_COLUMNS = 2;

  private static final double LEGEND_TOP = 94;
  private static final double LEGEND_STEP = 24;

  /** Points nearer than this, in pixels, to the one before show nothing new. */
  private static final double RESOLUTION = 0.5;

  /**
   * How a line looks.
   *
   * @param label what it is of
   * @param color in CSS
   * @param width of the stroke, in pixels
   * @param dashes and gaps in pixels, or "none"
   */
  record Style(String label, String color, double width, String dashes) {
    private String stroke() {
      return "stroke=\"%s\" stroke-width=\"%s\" stroke-dasharray=\"%s\""
          .formatted(color, width, dashes);
    }
  }

  /**
   * One distribution.
   *
   * @param nanos latencies
   */
  record Line(Style style, Histogram nanos) {
    private String p99() {
      double millis = nanos.getValueAtPercentile(99) / NANOS_PER_MILLI;
      return format(millis < 10 ? "%.2f ms" : millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
    }
  }

  String svg() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 570" width="880" height="570" \
    font-family="system-ui, sans-serif" font-size="14" fill="#333">
    <title>%s</title>
    <rect x="0.5" y="0.5" width="879" height="569" rx="8" fill="#fff" stroke="#ddd"/>
    <text x="24" y="36" font-size="19" font-weight="600" fill="#111">%s</text>
    <text x="24" y="59" fill="#666">%s</text>
    %s%s%s%s</svg>
    """
        .formatted(title, title, subtitle, times(), shares(), curves(), legend());
  }

  /** The horizontal axis. */
  private static String times() {
    String ticks =
        IntStream.rangeClosed((int) FIRST_TIME, (int) LAST_TIME)
            .mapToObj(power -> time(power) + finer(power))
            .collect(Collectors.joining());
    return ticks
        + text(
            (LEFT + RIGHT) / 2,
            BOTTOM + 50,
            "middle",
            "milliseconds until the answer (logarithmic)");
  }

  private static String time(int power) {
    double x = x(power);
    String label = format(power < 0 ? "%.1f" : "%,.0f", Math.pow(10, power));
    return line(x, TOP, x, BOTTOM, "#ccc") + text(x, BOTTOM + 22, "middle", label);
  }

  private static String finer(int power) {
    return IntStream.rangeClosed(2, 9)
        .mapToDouble(digit -> power + Math.log10(digit))
        .filter(logarithm -> logarithm <= LAST_TIME)
        .mapToObj(logarithm -> line(x(logarithm), TOP, x(logarithm), BOTTOM, "#f1f1f1"))
        .collect(Collectors.joining());
  }

  /** The vertical axis. */
  private static String shares() {
    String ticks =
        IntStream.rangeClosed((int) LAST_SHARE, 0)
            .mapToObj(LatencyPlot::share)
            .collect(Collectors.joining());
    String label = text(0, 0, "middle", "queries that wait longer");
    return ticks
        + text(RIGHT - 6, y(-2) - 7, "end", "p99")
        + label.replace(
            "<text", format("<text transform=\"translate(34 %.0f) rotate(-90)\"", y(-2)));
  }

  private static String share(int power) {
    double y = y(power);
    String label = power == 0 ? "all" : format("1 in %,.0f", Math.pow(10, -power));
    String color = power == -2 ? "#888" : "#ccc";
    return line(LEFT, y, RIGHT, y, color) + text(LEFT - 10, y + 5, "end", label);
  }

  private String curves() {
    return lines.stream()
        .map(
            line ->
                "<path fill=\"none\" stroke-linejoin=\"round\" %s d=\"%s\"/>\n"
                    .formatted(line.style().stroke(), curve(line.nanos())))
        .collect(Collectors.joining());
  }

  /** Steps: until the next latency that occurs, the share stays. */
  private static String curve(Histogram nanos) {
    StringBuilder path = new StringBuilder(format("M%.1f %.1f", LEFT, TOP));
    double lastX = LEFT;
    double lastY = TOP;
    for (HistogramIterationValue each : nanos.recordedValues()) {
      double slower = 1 - (double) each.getTotalCountToThisValue() / nanos.getTotalCount();
      double x = x(Math.log10(each.getValueIteratedTo() / NANOS_PER_MILLI));
      double y = y(Math.log10(slower));
      if (x - lastX >= RESOLUTION || y - lastY >= RESOLUTION) {
        path.append(format("H%.1fV%.1f", x, y));
        lastX = x;
        lastY = y;
      }
      if (x >= RIGHT || y >= BOTTOM) {
        break;
      }
    }
    return path.toString();
  }

  private String legend() {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> entry(lines.get(i), i % LEGEND_COLUMNS, i / LEGEND_COLUMNS))
        .collect(Collectors.joining());
  }

  private static String entry(Line line, int column, int row) {
    double x = LEFT + column * (RIGHT - LEFT) / LEGEND_COLUMNS;
    double y = LEGEND_TOP + row * LEGEND_STEP;
    return format("<path d=\"M%.0f %.0fh34\" %s/>\n", x, y - 5, line.style().stroke())
        + text(x + 44, y, "start", line.style().label() + ": p99 " + line.p99());
  }

  private static double x(double logMillis) {
    double share = (logMillis - FIRST_TIME) / (LAST_TIME - FIRST_TIME);
    return LEFT + (RIGHT - LEFT) * Math.max(0, Math.min(1, share));
  }

  private static double y(double logShare) {
    return TOP + (BOTTOM - TOP) * Math.min(1, logShare / LAST_SHARE);
  }

  private static String line(double x1, double y1, double x2, double y2, String color) {
    return format("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>\n", x1, y1, x2, y2, color);
  }

  private static String text(double x, double y, String anchor, String content) {
    return format(
        "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, content);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
