package org.nbvrollouts.jobs.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Outcome of comparing one rollout.
 *
 * @param store where it is stored
 * @param rollout text id
 * @param steps number of stored steps
 * @param compared values compared, by array path
 * @param differences in table order
 */
public record ReplayReport(
    String store,
    String rollout,
    int steps,
    Map<String, Long> compared,
    List<Difference> differences) {

  public ReplayReport {
    compared = new TreeMap<>(compared);
    differences = List.copyOf(differences);
  }

  /** True if every stored value is the recomputed one. */
  public boolean isEqual() {
    return differences.isEmpty();
  }

  /** Values compared in all tables. */
  public long values() {
    return compared.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Values compared, by table. */
  public Map<String, Long> byTable() {
    Map<String, Long> tables = new TreeMap<>();
    compared.forEach((array, count) -> tables.merge(tableOf(array), count, Long::sum));
    return tables;
  }

  private static String tableOf(String array) {
    int slash = array.indexOf('/');
    return slash < 0 ? array : array.substring(0, slash);
  }

  /** The report as JSON values. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("store", store);
    json.put("rollout", rollout);
    json.put("steps", steps);
    json.put("equal", isEqual());
    json.put("compared", new LinkedHashMap<>(byTable()));
    json.put("differences", new ArrayList<>(differences.stream().map(Difference::toJson).toList()));
    return json;
  }
}
