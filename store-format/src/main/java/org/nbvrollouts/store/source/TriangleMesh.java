package org.nbvrollouts.store.source;

/**
 * Indexed triangle mesh in world metres: float32 vertices and three vertex indices per face.
 * Immutable; the arrays never leave the object. Degenerate, duplicate and open faces are data and
 * are kept; non-finite vertices and indices out of range are refused (specification source 8).
 */
public final class TriangleMesh {
  private final float[] vertices;
  private final int[] faces;

  private TriangleMesh(float[] vertices, int[] faces) {
    this.vertices = vertices;
    this.faces = faces;
  }

  /**
   * Copies and checks the arrays.
   *
   * @param vertices x, y, z per vertex, world metres
   * @param faces three vertex indices per face
   * @throws IllegalArgumentException naming the first vertex or face that breaks a rule
   */
  public static TriangleMesh of(float[] vertices, int[] faces) {
    if (vertices.length % 3 != 0 || faces.length % 3 != 0) {
      throw new IllegalArgumentException(
          "Invalid mesh: "
              + vertices.length
              + " vertex and "
              + faces.length
              + " index values (expected multiples of 3)");
    }
    for (int i = 0; i < vertices.length; i++) {
      if (!Float.isFinite(vertices[i])) {
        throw new IllegalArgumentException(
            "Invalid mesh: vertex " + i / 3 + " is not finite (value=" + vertices[i] + ")");
      }
    }
    int vertexCount = vertices.length / 3;
    for (int i = 0; i < faces.length; i++) {
      if (faces[i] < 0 || faces[i] >= vertexCount) {
        throw new IllegalArgumentException(
            "Invalid mesh: face "
                + i / 3
                + " names vertex "
                + faces[i]
                + " (expected 0 to "
                + (vertexCount - 1)
                + ")");
      }
    }
    return new TriangleMesh(vertices.clone(), faces.clone());
  }

  public int vertexCount() {
    return vertices.length / 3;
  }

  public int faceCount() {
    return faces.length / 3;
  }

  /** Coordinate {@code axis} (0, 1, 2) of a vertex, metres. */
  public float coordinate(int vertex, int axis) {
    return vertices[3 * vertex + axis];
  }

  /** Vertex index of corner 0, 1 or 2 of a face. */
  public int vertexOf(int face, int corner) {
    return faces[3 * face + corner];
  }

  /** Coordinate {@code axis} of corner {@code corner} of a face, metres. */
  public float cornerCoordinate(int face, int corner, int axis) {
    return vertices[3 * faces[3 * face + corner] + axis];
  }

  /** A copy of the vertex array: x, y, z per vertex. */
  public float[] copyVertices() {
    return vertices.clone();
  }

  /** A copy of the index array: three per face. */
  public int[] copyFaces() {
    return faces.clone();
  }
}
