package org.nbvrollouts.pipeline.reference;

import java.util.SplittableRandom;
import org.nbvrollouts.pipeline.scene.SyntheticSceneConfig;
import org.nbvrollouts.pipeline.scene.SyntheticSceneGenerator;
import org.nbvrollouts.store.source.TriangleMesh;

/** Corners of a synthetic home: furniture, walls and what lies on it. */
final class HomePieces {
  private static final int MOST_FACES = 300;
  private static final TriangleMesh HOME =
      new SyntheticSceneGenerator(SyntheticSceneConfig.of(1, 3)).scene(0).mesh();

  private HomePieces() {}

  /** Up to 300 faces with a vertex within a metre of a random one, moved to a centre. */
  static TriangleMesh of(SplittableRandom random, double[] centre) {
    int middle = random.nextInt(HOME.faceCount());
    int first = random.nextInt(HOME.faceCount());
    TriangleMesh.Builder piece = TriangleMesh.builder();
    for (int i = 0; i < HOME.faceCount() && piece.faceCount() < MOST_FACES; i++) {
      int face = (first + i) % HOME.faceCount();
      if (isNear(face, middle)) {
        add(face, middle, centre, piece);
      }
    }
    return piece.build();
  }

  private static boolean isNear(int face, int middle) {
    for (int corner = 0; corner < 3; corner++) {
      double squared = 0;
      for (int axis = 0; axis < 3; axis++) {
        double side =
            (double) HOME.cornerCoordinate(face, corner, axis)
                - HOME.cornerCoordinate(middle, 0, axis);
        squared += side * side;
      }
      if (squared < 1) {
        return true;
      }
    }
    return false;
  }

  private static void add(int face, int middle, double[] centre, TriangleMesh.Builder piece) {
    int first = piece.vertexCount();
    for (int corner = 0; corner < 3; corner++) {
      float[] place = new float[3];
      for (int axis = 0; axis < 3; axis++) {
        place[axis] =
            (float)
                (HOME.cornerCoordinate(face, corner, axis)
                    - HOME.cornerCoordinate(middle, 0, axis)
                    + centre[axis]);
      }
      piece.addVertex(place[0], place[1], place[2]);
    }
    piece.addFace(first, first + 1, first + 2);
  }
}
