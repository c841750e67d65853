package org.nbvrollouts.pipeline.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.source.Pose12;

/** Golden numbers of the specification, read from test resources. */
public final class GoldenVectors {
  /** The files hold eight decimals. */
  public static final double TOLERANCE = 2e-8;

  private GoldenVectors() {}

  /** A file of {@code vectors/} without its extension. */
  public static JsonNode load(String name) {
    String resource = "/vectors/" + name + ".json";
    try (InputStream in = GoldenVectors.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  /** An array of numbers; NaN and infinities are texts. */
  public static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = array.get(i);
      values[i] = value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
    }
    return values;
  }

  /** An array of integers. */
  public static List<Integer> ints(JsonNode array) {
    List<Integer> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asInt()));
    return values;
  }

  /** A pose of twelve numbers. */
  public static Pose12 pose(JsonNode array) {
    return Pose12.of(numbers(array), 0);
  }
}
