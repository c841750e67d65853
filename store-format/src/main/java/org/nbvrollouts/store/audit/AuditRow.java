package org.nbvrollouts.store.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a view: {@link Long}, {@link Double}, {@link Boolean}, text, lists of them or {@code
 * null} by column, in the order of the columns. Numbers that are not finite are {@code null}.
 */
public record AuditRow(Map<String, Object> values) {

  public AuditRow {
    LinkedHashMap<String, Object> plain = new LinkedHashMap<>();
    values.forEach((column, value) -> plain.put(column, plain(value)));
    values = Collections.unmodifiableMap(plain);
  }

  /**
   * A row by position.
   *
   * @param columns names
   * @param values one per name
   */
  public static AuditRow of(List<String> columns, Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "Invalid row: %d values (expected %d)".formatted(values.length, columns.size()));
    }
    LinkedHashMap<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      row.put(columns.get(i), values[i]);
    }
    return new AuditRow(row);
  }

  private static Object plain(Object value) {
    if (value instanceof Float || value instanceof Double) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? (Object) number : null;
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }

  /**
   * Value of a column.
   *
   * @throws IllegalArgumentException if the view has no such column
   */
  public Object get(String column) {
    if (!values.containsKey(column)) {
      throw new IllegalArgumentException(
          "Invalid column: %s (expected one of %s)".formatted(column, values.keySet()));
    }
    return values.get(column);
  }
}
