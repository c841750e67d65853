package org.nbvrollouts.pipeline.scene;

import java.util.Arrays;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Collects vertices and faces of a scene, and which object each face belongs to. Not thread-safe.
 */
final class MeshBuilder {
  private float[] vertices = new float[1 << 14];
  private int[] faces = new int[1 << 14];
  private int[] owners = new int[1 << 12];
  private int vertexCount;
  private int faceCount;
  private int owner = FaceOwners.STRUCTURE;

  /** Faces from here on belong to this object, or to {@link FaceOwners#STRUCTURE}. */
  void startObject(int objectIndex) {
    owner = objectIndex;
  }

  int addVertex(double x, double y, double z) {
    if (3 * vertexCount + 3 > vertices.length) {
      vertices = Arrays.copyOf(vertices, 2 * vertices.length);
    }
    vertices[3 * vertexCount] = (float) x;
    vertices[3 * vertexCount + 1] = (float) y;
    vertices[3 * vertexCount + 2] = (float) z;
    return vertexCount++;
  }

  /** Adds a face unless two of its corners coincide, as they do at the pole of a curved surface. */
  void addTriangle(int a, int b, int c) {
    if (coincide(a, b) || coincide(b, c) || coincide(c, a)) {
      return;
    }
    if (3 * faceCount + 3 > faces.length) {
      faces = Arrays.copyOf(faces, 2 * faces.length);
    }
    if (faceCount == owners.length) {
      owners = Arrays.copyOf(owners, 2 * owners.length);
    }
    faces[3 * faceCount] = a;
    faces[3 * faceCount + 1] = b;
    faces[3 * faceCount + 2] = c;
    owners[faceCount++] = owner;
  }

  private boolean coincide(int a, int b) {
    return vertices[3 * a] == vertices[3 * b]
        && vertices[3 * a + 1] == vertices[3 * b + 1]
        && vertices[3 * a + 2] == vertices[3 * b + 2];
  }

  /** Reverses every {@code stride}-th face from {@code firstFace} on, as careless exports do. */
  void mixWinding(int firstFace, int stride) {
    for (int face = firstFace; face < faceCount; face += stride) {
      int second = faces[3 * face + 1];
      faces[3 * face + 1] = faces[3 * face + 2];
      faces[3 * face + 2] = second;
    }
  }

  int faceCount() {
    return faceCount;
  }

  TriangleMesh toMesh() {
    return TriangleMesh.of(
        Arrays.copyOf(vertices, 3 * vertexCount), Arrays.copyOf(faces, 3 * faceCount));
  }

  FaceOwners toFaceOwners() {
    return new FaceOwners(Arrays.copyOf(owners, faceCount));
  }
}
