package org.nbvrollouts.pipeline.oracle;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.nbvrollouts.store.source.TriangleMesh;

/** Crops of a mesh that keep a face if any of its vertices is inside. */
final class AnyVertexCrop {
  private AnyVertexCrop() {}

  /** The kept faces and their vertices, both in ascending order of their old indices. */
  static TriangleMesh crop(TriangleMesh mesh, IntPredicate insideVertex) {
    return compact(mesh, keptFaces(mesh, insideVertex));
  }

  /** Indices of the faces with a vertex inside. */
  static BitSet keptFaces(TriangleMesh mesh, IntPredicate insideVertex) {
    BitSet inside = new BitSet(mesh.vertexCount());
    for (int vertex = 0; vertex < mesh.vertexCount(); vertex++) {
      if (insideVertex.test(vertex)) {
        inside.set(vertex);
      }
    }
    BitSet kept = new BitSet(mesh.faceCount());
    for (int face = 0; face < mesh.faceCount(); face++) {
      if (inside.get(mesh.vertexOf(face, 0))
          || inside.get(mesh.vertexOf(face, 1))
          || inside.get(mesh.vertexOf(face, 2))) {
        kept.set(face);
      }
    }
    return kept;
  }

  /** The mesh of the kept faces without unused vertices. */
  static TriangleMesh compact(TriangleMesh mesh, BitSet keptFaces) {
    int[] newVertex = new int[mesh.vertexCount()];
    Arrays.fill(newVertex, -1);
    keptFaces.stream()
        .forEach(
            face -> {
              for (int corner = 0; corner < 3; corner++) {
                newVertex[mesh.vertexOf(face, corner)] = 0;
              }
            });
    int vertices = 0;
    for (int vertex = 0; vertex < newVertex.length; vertex++) {
      if (newVertex[vertex] == 0) {
        newVertex[vertex] = vertices++;
      }
    }
    float[] coordinates = new float[3 * vertices];
    for (int vertex = 0; vertex < newVertex.length; vertex++) {
      for (int axis = 0; axis < 3 && newVertex[vertex] >= 0; axis++) {
        coordinates[3 * newVertex[vertex] + axis] = mesh.coordinate(vertex, axis);
      }
    }
    int[] faces =
        keptFaces.stream()
            .flatMap(
                face ->
                    Arrays.stream(
                        new int[] {
                          newVertex[mesh.vertexOf(face, 0)],
                          newVertex[mesh.vertexOf(face, 1)],
                          newVertex[mesh.vertexOf(face, 2)]
                        }))
            .toArray();
    return TriangleMesh.of(coordinates, faces);
  }
}
