package org.nbvrollouts.pipeline.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.TriangleMesh;

class TestMeshRefiner {
  /** A tetrahedron with sides of different length: closed, every edge in two faces. */
  private static final TriangleMesh TETRAHEDRON =
      TriangleMesh.of(
          new float[] {0, 0, 0, 1, 0.1f, 0, 0.2f, 1.3f, 0, 0.3f, 0.4f, 1.7f},
          new int[] {0, 2, 1, 0, 1, 3, 1, 2, 3, 2, 0, 3});

  @Test
  void theWantedNumberOfFacesIsMetNearly() {
    for (int wanted : new int[] {50, 1_000, 20_000}) {
      assertThat((double) MeshRefiner.refine(TETRAHEDRON, wanted).faceCount())
          .isCloseTo(wanted, within(0.3 * wanted));
    }
  }

  @Test
  void theSurfaceStaysClosedAndAsLarge() {
    TriangleMesh refined = MeshRefiner.refine(TETRAHEDRON, 3_000);
    Map<Long, Integer> facesOfEdge = new HashMap<>();
    for (int face = 0; face < refined.faceCount(); face++) {
      for (int corner = 0; corner < 3; corner++) {
        long a = refined.vertexOf(face, corner);
        long b = refined.vertexOf(face, (corner + 1) % 3);
        facesOfEdge.merge(Math.min(a, b) << 32 | Math.max(a, b), 1, Integer::sum);
      }
    }
    assertThat(facesOfEdge.values()).containsOnly(2);
    assertThat(area(refined)).isCloseTo(area(TETRAHEDRON), within(1e-4));
  }

  @Test
  void aMeshThatHasEnoughFacesIsReturned() {
    assertThat(MeshRefiner.refine(TETRAHEDRON, 4)).isSameAs(TETRAHEDRON);
  }

  @Test
  void noFacesCannotBeWanted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeshRefiner.refine(TETRAHEDRON, 0))
        .withMessage("Invalid number of faces: 0 (expected at least 1)");
  }

  private static double area(TriangleMesh mesh) {
    double sum = 0;
    for (int face = 0; face < mesh.faceCount(); face++) {
      double[] u = edge(mesh, face, 1);
      double[] v = edge(mesh, face, 2);
      double x = u[1] * v[2] - u[2] * v[1];
      double y = u[2] * v[0] - u[0] * v[2];
      double z = u[0] * v[1] - u[1] * v[0];
      sum += Math.sqrt(x * x + y * y + z * z) / 2;
    }
    return sum;
  }

  private static double[] edge(TriangleMesh mesh, int face, int corner) {
    double[] edge = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      edge[axis] = mesh.cornerCoordinate(face, corner, axis) - mesh.cornerCoordinate(face, 0, axis);
    }
    return edge;
  }
}
