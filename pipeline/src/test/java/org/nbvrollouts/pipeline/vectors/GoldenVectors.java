package org.nbvrollouts.pipeline.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

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
      values[i] = number(array.get(i));
    }
    return values;
  }

  /** A number; NaN and infinities are texts. */
  public static double number(JsonNode value) {
    if (value.isTextual()) {
      return Double.parseDouble(value.asText());
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException("Invalid number: " + value);
    }
    return value.asDouble();
  }

  /** All numbers of an array of arrays, one after the other. */
  public static double[] flat(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .flatMapToDouble(row -> Arrays.stream(numbers(row)))
        .toArray();
  }

  /** A mesh of the entries {@code vertices} and {@code faces}. */
  public static TriangleMesh mesh(JsonNode mesh) {
    return mesh(
        mesh.get("vertices"),
        Arrays.stream(flat(mesh.get("faces"))).mapToInt(index -> (int) index).toArray());
  }

  /** A mesh of a list of vertices. */
  public static TriangleMesh mesh(JsonNode vertices, int... faces) {
    double[] coordinates = flat(vertices);
    float[] narrow = new float[coordinates.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) coordinates[i];
    }
    return TriangleMesh.of(narrow, faces);
  }

  /** A camera without distortion. */
  public static PinholeCamera pinhole(JsonNode camera) {
    return new PinholeCamera(
        camera.get("width").asInt(),
        camera.get("height").asInt(),
        camera.get("fx").asDouble(),
        camera.get("fy").asDouble(),
        camera.get("cx").asDouble(),
        camera.get("cy").asDouble());
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
