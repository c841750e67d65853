package org.nbvrollouts.store.source;

import java.util.Arrays;

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
    check(vertices, faces);
    return new TriangleMesh(vertices.clone(), faces.clone());
  }

  private static void check(float[] vertices, int[] faces) {
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
  }

  /** Starts a mesh that is read one vertex and one face at a time. */
  public static Builder builder() {
    return new Builder();
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

  /** Collects a mesh without a second copy of its arrays. Not thread-safe, usable once. */
  public static final class Builder {
    private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

    private float[] vertices = new float[3 * 1024];
    private int[] faces = new int[3 * 1024];
    private int vertexValues;
    private int faceValues;

    private Builder() {}

    /** Appends a vertex, world metres. */
    public void addVertex(float x, float y, float z) {
      if (vertexValues + 3 > vertices.length) {
        vertices = Arrays.copyOf(vertices, grown(vertices.length));
      }
      vertices[vertexValues] = x;
      vertices[vertexValues + 1] = y;
      vertices[vertexValues + 2] = z;
      vertexValues += 3;
    }

    /** Appends a face by vertex index; the vertices may come later. */
    public void addFace(int a, int b, int c) {
      if (faceValues + 3 > faces.length) {
        faces = Arrays.copyOf(faces, grown(faces.length));
      }
      faces[faceValues] = a;
      faces[faceValues + 1] = b;
      faces[faceValues + 2] = c;
      faceValues += 3;
    }

    public int vertexCount() {
      return vertexValues / 3;
    }

    public int faceCount() {
      return faceValues / 3;
    }

    /**
     * The mesh; checks it as {@link TriangleMesh#of} does.
     *
     * @throws IllegalArgumentException naming the first vertex or face that breaks a rule
     */
    public TriangleMesh build() {
      float[] exactVertices =
          vertexValues == vertices.length ? vertices : Arrays.copyOf(vertices, vertexValues);
      int[] exactFaces = faceValues == faces.length ? faces : Arrays.copyOf(faces, faceValues);
      vertices = new float[0];
      faces = new int[0];
      vertexValues = 0;
      faceValues = 0;
      check(exactVertices, exactFaces);
      return new TriangleMesh(exactVertices, exactFaces);
    }

    private static int grown(int length) {
      long next = Math.max(3L * 1024, length + (length >> 1) / 3 * 3L);
      if (next > MAX_VALUES) {
        next = MAX_VALUES / 3 * 3L;
      }
      if (next <= length) {
        throw new IllegalArgumentException(
            "Invalid mesh: more than " + length / 3 + " elements (expected at most that many)");
      }
      return (int) next;
    }
  }
}
