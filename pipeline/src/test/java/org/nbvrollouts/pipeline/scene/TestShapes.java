package org.nbvrollouts.pipeline.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

class TestShapes {

  @Test
  void closedShapesHaveEveryEdgeOnceInEachDirection() {
    Map<String, Consumer<Brush>> shapes =
        Map.of(
            "box", b -> Blocks.box(b, 0, 0, 0, 1, 2, 3),
            "rounded box", b -> Blocks.rounded(b, 0.5, 0.4, 0.3, 0.05, 3),
            "superellipsoid", b -> CurvedSolids.superellipsoid(b, 20, 0.3, 0.2, 0.1, 0.5),
            "torus", b -> CurvedSolids.torus(b, 20, 8, 0.3, 0.05),
            "frustum", b -> CurvedSolids.frustum(b, 12, 0.2, 0.1, 0.5),
            "tube", b -> Tube.draw(b, 8, 0.02, 0, 0, 0, 0, 0, 1, 0.5, 0, 1.2));
    shapes.forEach(
        (name, shape) -> {
          TriangleMesh mesh = drawn(shape);
          Map<List<Float>, Integer> directed = new HashMap<>();
          for (int face = 0; face < mesh.faceCount(); face++) {
            for (int corner = 0; corner < 3; corner++) {
              directed.merge(edge(mesh, face, corner, (corner + 1) % 3), 1, Integer::sum);
              directed.merge(edge(mesh, face, (corner + 1) % 3, corner), -1, Integer::sum);
            }
          }
          assertThat(directed.values()).as(name).isNotEmpty().containsOnly(0);
        });
  }

  @Test
  void roundedBoxFillsItsSize() {
    ObjectBounds bounds = bounds(b -> Blocks.rounded(b, 0.5, 0.4, 0.3, 0.05, 3));
    assertThat(bounds.sizeX()).isCloseTo(0.5, within(1e-12));
    assertThat(bounds.sizeY()).isCloseTo(0.4, within(1e-12));
    assertThat(bounds.sizeZ()).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void closedShapesFaceOutwards() {
    assertThat(volume(drawn(b -> Blocks.box(b, 0, 0, 0, 1, 2, 3)))).isCloseTo(6, within(1e-5));
    assertThat(volume(drawn(b -> CurvedSolids.superellipsoid(b, 80, 1, 1, 1, 1))))
        .isCloseTo(4.0 / 3 * Math.PI, within(0.03));
    assertThat(volume(drawn(b -> CurvedSolids.torus(b, 80, 40, 1, 0.2))))
        .isCloseTo(2 * Math.PI * Math.PI * 0.04, within(0.02));
  }

  @Test
  void furnitureKeepsItsFootprintAndHeightAtEveryDetail() {
    SceneRandom random = new SceneRandom(17);
    List<Furniture> pieces =
        List.of(
            Tables.Rectangular.dining(random),
            Tables.Round.dining(random),
            Seats.Chair.random(random),
            Seats.Stool.random(random),
            Seats.Sofa.random(random, 3),
            Storage.Shelf.random(random),
            Storage.Cabinet.sideboard(random),
            Storage.Books.random(random, 0.4, 0.28),
            Lamps.FloorLamp.random(random),
            Lamps.TableLamp.random(random),
            new Lamps.Pendant(0.2, 0.8),
            Plant.floor(random),
            Plant.small(random),
            Tableware.Vase.random(random),
            Tableware.Bowl.random(random),
            Tableware.Cup.random(random),
            Textiles.Rug.random(random),
            Belongings.Carton.random(random),
            Belongings.Screen.television(random),
            Belongings.Picture.random(random),
            Belongings.Toy.random(random),
            Bicycle.random(random));
    SoftAssertions softly = new SoftAssertions();
    for (Furniture piece : pieces) {
      for (double detail : new double[] {0.3, 1, 2}) {
        Brush brush = Brush.of(new MeshBuilder(), Pose12.IDENTITY, detail);
        piece.draw(brush);
        ObjectBounds bounds = brush.bounds();
        double slack = 0.012;
        softly
            .assertThat(Math.abs(bounds.centreX()) + bounds.sizeX() / 2)
            .as("half width of %s, seed 17", piece)
            .isLessThan(piece.width() / 2 + slack);
        softly
            .assertThat(Math.abs(bounds.centreY()) + bounds.sizeY() / 2)
            .as("half depth of %s, seed 17", piece)
            .isLessThan(piece.depth() / 2 + slack);
        double top = bounds.centreZ() + bounds.sizeZ() / 2;
        softly.assertThat(top).as("top of %s, seed 17", piece).isLessThan(piece.height() + slack);
        softly
            .assertThat(bounds.centreZ() - bounds.sizeZ() / 2)
            .as("bottom of %s, seed 17", piece)
            .isGreaterThan(-slack);
      }
    }
    softly.assertAll();
  }

  private static TriangleMesh drawn(Consumer<Brush> shape) {
    MeshBuilder mesh = new MeshBuilder();
    shape.accept(Brush.of(mesh, Pose12.IDENTITY, 1));
    return mesh.toMesh();
  }

  private static ObjectBounds bounds(Consumer<Brush> shape) {
    Brush brush = Brush.of(new MeshBuilder(), Pose12.IDENTITY, 1);
    shape.accept(brush);
    return brush.bounds();
  }

  /** End points rounded so that the seams of separately drawn sides meet, and −0 equals 0. */
  private static List<Float> edge(TriangleMesh mesh, int face, int from, int to) {
    Float[] key = new Float[6];
    for (int axis = 0; axis < 3; axis++) {
      key[axis] = Math.round(mesh.cornerCoordinate(face, from, axis) * 1e5f) + 0f;
      key[3 + axis] = Math.round(mesh.cornerCoordinate(face, to, axis) * 1e5f) + 0f;
    }
    return List.of(key);
  }

  private static double volume(TriangleMesh mesh) {
    double six = 0;
    for (int face = 0; face < mesh.faceCount(); face++) {
      double[][] p = new double[3][3];
      for (int corner = 0; corner < 3; corner++) {
        for (int axis = 0; axis < 3; axis++) {
          p[corner][axis] = mesh.cornerCoordinate(face, corner, axis);
        }
      }
      six +=
          p[0][0] * (p[1][1] * p[2][2] - p[1][2] * p[2][1])
              + p[0][1] * (p[1][2] * p[2][0] - p[1][0] * p[2][2])
              + p[0][2] * (p[1][0] * p[2][1] - p[1][1] * p[2][0]);
    }
    return six / 6;
  }
}
