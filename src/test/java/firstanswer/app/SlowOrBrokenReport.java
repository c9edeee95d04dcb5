package firstanswer.app;

import firstanswer.app.SlowOrBrokenCell.Round;
import firstanswer.app.SlowOrBrokenRun.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Puts what came of the matrix of slow and broken servers into words. */
final class SlowOrBrokenReport {
  /** An answer that comes so soon has not waited for a dead server. */
  private static final long AT_ONCE_MILLIS = 1000;

  private final Map<SlowOrBrokenCell, List<Told>> byCell;

  SlowOrBrokenReport(List<Told> told) {
    byCell =
        told.stream()
            .collect(Collectors.groupingBy(Told::cell, LinkedHashMap::new, Collectors.toList()));
  }

  /** One line for each cell in which a client was told wrong, and how many were. */
  List<String> wrongs() {
    List<String> lines = new ArrayList<>();
    byCell.forEach(
        (cell, told) -> {
          String wrong = tally(told, t -> !t.isRight());
          if (!wrong.isEmpty()) {
            lines.add(cell + ": " + wrong + "; should be " + cell.allowed(true));
          }
        });
    return lines;
  }

  /** A table: a row for each pair of servers, a column for each policy and number in flight. */
  String table() {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    byCell.forEach(
        (cell, told) ->
            rows.computeIfAbsent(row(cell), key -> new LinkedHashMap<>())
                .put(cell.policy() + " " + cell.inFlight(), words(told)));
    StringBuilder table = new StringBuilder();
    rows.forEach(
        (row, columns) -> {
          if (table.length() == 0) {
            table
                .append("| odd | other | should be | ")
                .append(String.join(" | ", columns.keySet()));
            table.append(" |\n|").append("---|".repeat(3 + columns.size())).append('\n');
          }
          table.append(row).append(String.join(" | ", columns.values())).append(" |\n");
        });
    return table + "\n" + String.join("\n", deaths()) + "\n\n" + summary() + "\n";
  }

  /** A "no" is false where no "no" of any kind would be right. */
  String summary() {
    List<Told> all = byCell.values().stream().flatMap(List::stream).toList();
    long falseNos =
        all.stream()
            .filter(t -> t.said().isNo())
            .filter(t -> t.cell().allowed(t.oddAskedInTime()).stream().noneMatch(Said::isNo))
            .count();
    return String.format(
        Locale.ROOT,
        "%d cells, %d wrong; %d queries, %d false \"no\"",
        byCell.size(),
        wrongs().size(),
        all.size(),
        falseNos);
  }

  private static String row(SlowOrBrokenCell cell) {
    String allowed =
        cell.allowed(true).stream()
            .map(Said::toString)
            .sorted()
            .collect(Collectors.joining(" or "));
    return "| " + cell.odd() + " | " + cell.other() + " | " + allowed + " | ";
  }

  /** One word where all clients were told the same, and bold where some were told wrong. */
  private static String words(List<Told> told) {
    List<String> all = told.stream().map(SlowOrBrokenReport::word).distinct().toList();
    String words = all.size() == 1 ? all.get(0) : tally(told, t -> true);
    return told.stream().allMatch(Told::isRight) ? words : "**" + words + "**";
  }

  /** Such as {@code first: 5 no, 3 positive; later: 8 no}; what is late says so. */
  private static String tally(List<Told> told, Predicate<Told> counted) {
    Map<Round, Map<String, Long>> rounds =
        told.stream()
            .filter(counted)
            .collect(
                Collectors.groupingBy(
                    Told::round,
                    TreeMap::new,
                    Collectors.groupingBy(
                        SlowOrBrokenReport::word, TreeMap::new, Collectors.counting())));
    return rounds.entrySet().stream()
        .map(round -> round.getKey() + ": " + counts(round.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String word(Told told) {
    boolean late = told.millis() > told.cell().maxMillis(told.round());
    return told.said() + (late ? ", late" : "");
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** From when on no client waited for a dead server and was told so. */
  private List<String> deaths() {
    Function<OptionalLong, String> words =
        at ->
            at.isPresent()
                ? "not waited for from " + at.getAsLong() + " ms on"
                : "always waited for";
    return byCell.entrySet().stream()
        .filter(entry -> entry.getKey().showsDeath())
        .map(entry -> entry.getKey() + ": " + words.apply(knownMillis(entry.getValue())))
        .toList();
  }

  private static OptionalLong knownMillis(List<Told> told) {
    long lastWaiting =
        told.stream()
            .filter(t -> !t.said().isMarkedNo() || t.millis() > AT_ONCE_MILLIS)
            .mapToLong(Told::atMillis)
            .max()
            .orElse(-1);
    return told.stream().mapToLong(Told::atMillis).filter(at -> at > lastWaiting).min();
  }
}
