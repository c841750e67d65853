package org.nbvrollouts.pipeline.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;

class TestSyntheticSceneGenerator {

  @Test
  void equalConfigurationsGiveEqualScenes() {
    SyntheticScene first = SceneFixtures.scene(1);
    SyntheticScene again =
        new SyntheticSceneGenerator(
                SyntheticSceneConfig.of(SceneFixtures.SCENES, SceneFixtures.SEED))
            .scene(1);
    assertThat(again.mesh().copyVertices()).isEqualTo(first.mesh().copyVertices());
    assertThat(again.mesh().copyFaces()).isEqualTo(first.mesh().copyFaces());
    assertThat(again.walk()).isEqualTo(first.walk());
    assertThat(again.points().pointsWorld().copyCoordinates())
        .isEqualTo(first.points().pointsWorld().copyCoordinates());
    assertThat(texts(again.detected())).isEqualTo(texts(first.detected()));
    assertThat(texts(again.groundTruth())).isEqualTo(texts(first.groundTruth()));
  }

  @Test
  void sceneDoesNotDependOnTheNumberOfScenes() {
    SyntheticScene among = new SyntheticSceneGenerator(SyntheticSceneConfig.of(50, 7)).scene(0);
    assertThat(among.mesh().copyVertices()).isEqualTo(SceneFixtures.scene(0).mesh().copyVertices());
  }

  @Test
  void unknownSceneIsRefused() {
    assertThatThrownBy(() -> SceneFixtures.GENERATOR.scene(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid scene number: 4 (expected 0 to 3)");
  }

  @Test
  void triangleCountsStayInBoundsAndVary() {
    Set<Integer> counts = new TreeSet<>();
    for (int number = 0; number < SceneFixtures.SCENES; number++) {
      int faces = SceneFixtures.scene(number).mesh().faceCount();
      assertThat(faces).as("faces of scene %s", number).isBetween(20_000, 200_000);
      counts.add(faces);
    }
    assertThat(counts).hasSize(SceneFixtures.SCENES);
    SyntheticSceneConfig narrow = SyntheticSceneConfig.of(1, 3).withTriangles(20_000, 40_000);
    assertThat(new SyntheticSceneGenerator(narrow).scene(0).mesh().faceCount())
        .isBetween(20_000, 40_000);
  }

  @Test
  void boxesFitTheirObjectsTightly() {
    SyntheticScene scene = SceneFixtures.scene(2);
    List<OrientedBox> boxes = scene.groundTruth().boxes();
    double[][] reach = new double[boxes.size()][3];
    TriangleMesh mesh = scene.mesh();
    for (int face = 0; face < mesh.faceCount(); face++) {
      int owner = scene.owners().ownerOf(face);
      if (owner == FaceOwners.STRUCTURE) {
        continue;
      }
      Pose12 inverse = boxes.get(owner).tableFromObject().inverse();
      for (int corner = 0; corner < 3; corner++) {
        double x = mesh.cornerCoordinate(face, corner, 0);
        double y = mesh.cornerCoordinate(face, corner, 1);
        double z = mesh.cornerCoordinate(face, corner, 2);
        reach[owner][0] = Math.max(reach[owner][0], Math.abs(inverse.applyX(x, y, z)));
        reach[owner][1] = Math.max(reach[owner][1], Math.abs(inverse.applyY(x, y, z)));
        reach[owner][2] = Math.max(reach[owner][2], Math.abs(inverse.applyZ(x, y, z)));
      }
    }
    for (int box = 0; box < boxes.size(); box++) {
      for (int axis = 0; axis < 3; axis++) {
        assertThat(reach[box][axis])
            .as("object %s, axis %s", box, axis)
            .isCloseTo(boxes.get(box).max(axis), within(1e-5));
      }
      assertThat(scene.groundTruth().classNames()).containsKey(boxes.get(box).semanticId());
    }
  }

  @Test
  void everySnippetSeesSeveralObjects() {
    for (int number = 0; number < SceneFixtures.SCENES; number++) {
      List<SourceSample> samples = SceneFixtures.samples(number);
      assertThat(samples).hasSize(4);
      for (SourceSample sample : samples) {
        List<OrientedBox> truth = sample.oracle().groundTruth().orElseThrow().boxes();
        long inLastImage = truth.stream().filter(box -> box.value(6) >= 0).count();
        assertThat(truth).as(sample.identity().sampleKey()).hasSizeBetween(5, 128);
        assertThat(inLastImage).as(sample.identity().sampleKey()).isGreaterThanOrEqualTo(3);
        assertThat(sample.actor().detected().orElseThrow().boxes()).isNotEmpty();
      }
    }
  }

  @Test
  void samplesCarryTheirIdentityAndFrames() {
    SyntheticScene scene = SceneFixtures.scene(0);
    SourceSample sample = SceneFixtures.samples(0).get(3);
    assertThat(sample.identity().sampleIndex()).isEqualTo(103);
    assertThat(sample.identity().sampleKey()).isEqualTo("home-000000::snippet-000003");
    assertThat(sample.identity().split()).isEqualTo("train");
    ActorEvidence actor = sample.actor();
    assertThat(actor.trajectory().size()).isEqualTo(20);
    assertThat(actor.rootPoseWorldRig()).isEqualTo(scene.walk().last());
    assertThat(actor.referencePoseWorldRig()).contains(scene.walk().last());
    assertThat(actor.points().pointsWorld().size()).isBetween(5_000, 15_000);
    assertThat(actor.gravityWorld().orElseThrow().z()).isEqualTo(-9.81);
    assertThat(sample.oracle().rootCloud()).isEmpty();
    assertThat(sample.oracle().mesh()).isEqualTo(SceneFixtures.MESH);
  }

  @Test
  void snippetBoxesMeetTheWorldBoxesThroughTheSnippetPose() {
    SyntheticScene scene = SceneFixtures.scene(1);
    SourceSample sample = SceneFixtures.samples(1).get(1);
    BoxTable table = sample.oracle().groundTruth().orElseThrow();
    Pose12 worldFromSnippet = sample.actor().worldFromSnippet().orElseThrow();
    assertThat(table.frame()).isEqualTo(BoxTable.Frame.SNIPPET);
    for (OrientedBox box : table.boxes()) {
      double[] mapped = worldFromSnippet.compose(box.tableFromObject()).toArray();
      double[] expected =
          scene.groundTruth().boxes().get(box.instanceId()).tableFromObject().toArray();
      for (int i = 0; i < mapped.length; i++) {
        assertThat(mapped[i])
            .as("instance %s", box.instanceId())
            .isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  @Test
  void imageBoxesLieInTheImageOrAreMarkedUnseen() {
    for (SourceSample sample : SceneFixtures.samples(2)) {
      for (OrientedBox box : sample.oracle().groundTruth().orElseThrow().boxes()) {
        if (box.value(6) < 0) {
          assertThat(List.of(box.value(7), box.value(8), box.value(9))).containsOnly(-1f);
        } else {
          assertThat(box.value(7)).isBetween(box.value(6), 239f);
          assertThat(box.value(9)).isBetween(box.value(8), 239f);
        }
        for (int i = 10; i < 18; i++) {
          assertThat(box.value(i)).isEqualTo(-1f);
        }
      }
    }
  }

  @Test
  void occupancyExtentIsTheSmallerOfVolumeAndPointBounds() {
    AxisAlignedBox volume = new AxisAlignedBox(0, 2, 0, 2, 0, 2);
    PointCloud inside = PointCloud.of(new float[] {0, 0, 0, 1, 1, 1});
    PointCloud around = PointCloud.of(new float[] {-1, -1, -1, 3, 3, 3});
    assertThat(SnippetCutter.occupancyExtent(volume, inside))
        .isEqualTo(new AxisAlignedBox(0, 1, 0, 1, 0, 1));
    assertThat(SnippetCutter.occupancyExtent(volume, around)).isEqualTo(volume);
    assertThat(SnippetCutter.occupancyExtent(volume, PointCloud.EMPTY)).isEqualTo(volume);
  }

  @Test
  void detectorMissesSomeAndDisturbsTheRest() {
    SyntheticScene scene = SceneFixtures.scene(3);
    List<OrientedBox> truth = scene.groundTruth().boxes();
    List<OrientedBox> detected = scene.detected().boxes();
    assertThat(detected).hasSizeBetween(truth.size() / 3, truth.size() - 1);
    for (OrientedBox found : detected) {
      double nearest = Double.POSITIVE_INFINITY;
      for (OrientedBox box : truth) {
        Pose12 a = found.tableFromObject();
        Pose12 b = box.tableFromObject();
        double dx = a.tx() - b.tx();
        double dy = a.ty() - b.ty();
        double dz = a.tz() - b.tz();
        nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy + dz * dz));
      }
      assertThat(nearest).isGreaterThan(0).isLessThan(0.25);
      assertThat(found.confidence()).isBetween(0.04, 0.995);
    }
  }

  @Test
  void homesDifferInRoomsAndContent() {
    Set<Integer> roomCounts = new TreeSet<>();
    Set<ObjectClass> classes = new TreeSet<>();
    for (int number = 0; number < 12; number++) {
      SceneRandom random = new SceneRandom(21).child("scene", number);
      FloorPlan plan = FloorPlanner.plan(random.child("plan"));
      HomeLayout layout = Furnisher.furnish(plan, random.child("furniture"));
      roomCounts.add(plan.rooms().size());
      layout.objects().forEach(object -> classes.add(object.piece().objectClass()));
      assertThat(Walkability.holds(plan, layout.space())).as("plan %s, seed 21", number).isTrue();
      assertThat(plan.doorways()).hasSize(plan.rooms().size() - 1);
    }
    assertThat(roomCounts).containsExactly(1, 2, 3);
    assertThat(classes).hasSizeGreaterThan(16);
  }

  private static List<String> texts(BoxTable table) {
    return table.boxes().stream().map(box -> Arrays.toString(box.toFloats())).toList();
  }
}
