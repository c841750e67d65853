package org.nbvrollouts.pipeline.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares computed values with those of a golden file, or of one section of it, and counts them,
 * so that none is passed over.
 */
public final class VectorCheck {
  private static final Map<Section, Integer> COMPARED = new ConcurrentHashMap<>();

  private final Section section;
  private final JsonNode golden;
  private int count;

  private VectorCheck(Section section, JsonNode golden) {
    this.section = section;
    this.golden = golden;
  }

  private record Section(String file, String name) {}

  /** Everything in a file of {@code vectors/}, named without its extension. */
  public static VectorCheck of(String file) {
    return new VectorCheck(new Section(file, ""), GoldenVectors.load(file));
  }

  /** One top-level entry of a file. */
  public static VectorCheck of(String file, String name) {
    return new VectorCheck(new Section(file, name), GoldenVectors.load(file).get(name));
  }

  /** Values compared so far in this JVM, by file. */
  static Map<String, Integer> comparedByFile() {
    Map<String, Integer> counts = new TreeMap<>();
    COMPARED.forEach((section, compared) -> counts.merge(section.file(), compared, Integer::sum));
    return counts;
  }

  /** What the file says. */
  public JsonNode golden() {
    return golden;
  }

  /** Compares one number to the rounding of the files. */
  public void number(String place, double actual, JsonNode expected) {
    number(place, actual, expected, GoldenVectors.TOLERANCE);
  }

  /** Compares one number; what is not finite must be the same. */
  public void number(String place, double actual, JsonNode expected, double tolerance) {
    double wanted = GoldenVectors.number(expected);
    if (Double.isFinite(wanted)) {
      assertThat(actual).as(place).isCloseTo(wanted, within(tolerance));
    } else {
      assertThat(Double.valueOf(actual)).as(place).isEqualTo(Double.valueOf(wanted));
    }
    count++;
  }

  /** Compares numbers with a list, or row by row with a list of lists. */
  public void numbers(String place, double[] actual, JsonNode expected) {
    numbers(place, actual, expected, GoldenVectors.TOLERANCE);
  }

  /** As {@link #numbers(String, double[], JsonNode)} with a tolerance of its own. */
  public void numbers(String place, double[] actual, JsonNode expected, double tolerance) {
    List<JsonNode> leaves = new ArrayList<>();
    for (JsonNode element : expected) {
      (element.isArray() ? element : List.of(element)).forEach(leaves::add);
    }
    assertThat(leaves).as(place).hasSize(actual.length);
    for (int i = 0; i < actual.length; i++) {
      number(place + "[" + i + "]", actual[i], leaves.get(i), tolerance);
    }
  }

  /** Compares anything else. */
  public void same(String place, Object actual, Object expected) {
    assertThat(actual).as(place).isEqualTo(expected);
    count++;
  }

  /**
   * Asserts that every value was compared, apart from inputs, and how many these are.
   *
   * @param compared the number of comparisons
   * @param inputs names of entries that hold inputs or explanations, wherever they stand; with a
   *     slash after the entry they stand in
   */
  public void everythingCompared(int compared, String... inputs) {
    List<String> suffixes = Arrays.stream(inputs).map(name -> "/" + name).toList();
    assertThat(count).as("%s", section).isEqualTo(outputs(golden, "/" + section.name(), suffixes));
    assertThat(count).as("%s", section).isEqualTo(compared);
    COMPARED.put(section, count);
  }

  private static int outputs(JsonNode node, String path, List<String> inputs) {
    if (node.isNull() || inputs.stream().anyMatch(path::endsWith)) {
      return 0;
    }
    if (node.isValueNode()) {
      return 1;
    }
    int sum = 0;
    for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
      sum += outputs(element, path, inputs);
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      sum += outputs(entry.getValue(), path + "/" + entry.getKey(), inputs);
    }
    return sum;
  }
}
