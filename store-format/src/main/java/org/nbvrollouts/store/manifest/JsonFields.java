package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.nbvrollouts.store.error.InvalidContentException;

/**
 * Strictly typed access to the keys of one JSON object. Each problem is collected; the value
 * returned then is a neutral one, so that reading goes on to the next key.
 */
final class JsonFields {
  private final Map<String, Object> object;
  private final String path;
  private final List<String> problems;

  JsonFields(Map<String, Object> object, List<String> problems) {
    this(object, "", problems);
  }

  private JsonFields(Map<String, Object> object, String path, List<String> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  String text(String key) {
    return typed(key, String.class, "a string", "");
  }

  /** A string, or the empty text where the value is null. */
  String textOrNull(String key) {
    return object.containsKey(key) && object.get(key) == null ? "" : text(key);
  }

  String matching(String key, Pattern pattern, String rule) {
    String value = text(key);
    if (object.get(key) instanceof String && !pattern.matcher(value).matches()) {
      problems.add("Invalid %s: %s (expected %s)".formatted(path + key, value, rule));
    }
    return value;
  }

  void constant(String key, Object expected) {
    Object value = object.get(key);
    if (!expected.equals(value)) {
      problems.add("Invalid %s: %s (expected %s)".formatted(path + key, value, expected));
    }
  }

  long integer(String key) {
    return typed(key, Long.class, "an integer", 0L);
  }

  int smallInteger(String key) {
    long value = integer(key);
    if (value != (int) value) {
      problems.add(
          "Invalid %s: %d (expected at most %d)".formatted(path + key, value, Integer.MAX_VALUE));
      return 0;
    }
    return (int) value;
  }

  JsonFields object(String key) {
    return new JsonFields(objectMap(key), path + key + ".", problems);
  }

  Map<String, Object> objectMap(String key) {
    Object value = object.get(key);
    if (value instanceof Map<?, ?> map) {
      return stringKeys(map);
    }
    wrongType(key, value, "an object");
    return Map.of();
  }

  List<?> list(String key) {
    Object value = object.get(key);
    if (value instanceof List<?> list) {
      return list;
    }
    wrongType(key, value, "a list");
    return List.of();
  }

  List<JsonFields> objects(String key) {
    List<JsonFields> items = new ArrayList<>();
    List<?> list = list(key);
    for (int i = 0; i < list.size(); i++) {
      String itemPath = path + key + "[" + i + "]";
      if (list.get(i) instanceof Map<?, ?> map) {
        items.add(new JsonFields(stringKeys(map), itemPath + ".", problems));
      } else {
        problems.add("Invalid " + itemPath + ": " + list.get(i) + " (expected an object)");
      }
    }
    return items;
  }

  Map<String, Long> integers(String key) {
    Map<String, Long> values = new LinkedHashMap<>();
    JsonFields fields = object(key);
    fields.object.keySet().forEach(name -> values.put(name, fields.integer(name)));
    return values;
  }

  /** Keys of this object that are not among the known ones, with their path. */
  List<String> unknownKeys(List<String> known) {
    return object.keySet().stream()
        .filter(key -> !known.contains(key))
        .map(key -> path + key)
        .toList();
  }

  /** Throws with all problems of a file, if there are any. */
  static void refuse(String thing, String file, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidContentException(
          "Invalid %s: %s (expected none of these problems, file=%s)"
              .formatted(thing, String.join("; ", problems), file));
    }
  }

  private <T> T typed(String key, Class<T> type, String rule, T otherwise) {
    Object value = object.get(key);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    wrongType(key, value, rule);
    return otherwise;
  }

  private void wrongType(String key, Object value, String rule) {
    String shown = object.containsKey(key) ? String.valueOf(value) : "missing";
    problems.add("Invalid %s: %s (expected %s)".formatted(path + key, shown, rule));
  }

  /** Keys of JSON are texts; only the type of the map does not say so. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> stringKeys(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }
}
