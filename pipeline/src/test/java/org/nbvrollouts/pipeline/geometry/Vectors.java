package org.nbvrollouts.pipeline.geometry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/** Reads golden vectors from the test resources. */
public final class Vectors {
  /** Rounding of the numbers in the files. */
  public static final double JSON_ROUNDING = 1e-8;

  private Vectors() {}

  public static JsonNode read(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  /** All numbers of an array of arrays, one after the other. */
  public static double[] flat(JsonNode rows) {
    double[] values = new double[rows.size() == 0 ? 0 : rows.size() * rows.get(0).size()];
    int i = 0;
    for (JsonNode row : rows) {
      for (JsonNode value : row) {
        values[i++] = value.asDouble();
      }
    }
    return values;
  }

  public static Pose12 pose(JsonNode array) {
    return Pose12.of(doubles(array), 0);
  }

  public static TriangleMesh mesh(JsonNode node) {
    double[] wide = flat(node.get("vertices"));
    float[] vertices = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      vertices[i] = (float) wide[i];
    }
    double[] indices = flat(node.get("faces"));
    int[] faces = new int[indices.length];
    for (int i = 0; i < faces.length; i++) {
      faces[i] = (int) indices[i];
    }
    return TriangleMesh.of(vertices, faces);
  }
}
