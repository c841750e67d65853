package org.nbvrollouts.store.source.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.FloatColumn;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.rollout.RolloutSourceCheck;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;

final class TestSceneBundleImporter {
  /** Every vertex of the mesh stands for a point that was seen. */
  private static final SparsePointSampler VERTICES =
      mesh ->
          (trajectory, cameras, key) -> {
            float[] all = mesh.copyVertices();
            return new SparsePoints(PointCloud.of(all), Optional.empty(), Optional.empty());
          };

  private static final double QUATERNION_ROUNDING = 1e-14;

  /** Floor and one wall of a room of 4 × 4 × 3 m. */
  private static final TriangleMesh ROOM =
      TriangleMesh.of(
          new float[] {0, 0, 0, 4, 0, 0, 4, 4, 0, 0, 4, 0, 4, 0, 3, 4, 4, 3},
          new int[] {0, 1, 2, 0, 2, 3, 1, 2, 5, 1, 5, 4});

  @TempDir Path folder;

  @Test
  void aSnippetHasTheBoxesThatHoldOneOfItsPoints() {
    BoxTable scene =
        new BoxTable(
            List.of(box(0, 0f, 0.5f), box(1, 2f, 0.5f), box(2, 0.52f, 0f)),
            BoxTable.Frame.WORLD,
            Map.of(0, "box"));
    PointCloud points = PointCloud.of(new float[] {0.5f, 0, 0, 9, 9, 9});

    assertThat(SeenBoxes.of(scene, points).boxes())
        .extracting(OrientedBox::sourceIndex)
        .as("a sheet of no thickness counts within the margin")
        .containsExactly(0, 2);
    assertThat(SeenBoxes.of(scene, PointCloud.EMPTY).boxes()).hasSize(3);
  }

  /** A box around (x, 0, 0) whose thickness along x is twice {@code half}. */
  private static OrientedBox box(int index, float x, float half) {
    float[] values = new float[OrientedBox.LENGTH];
    values[0] = -half;
    values[1] = half;
    values[2] = -0.5f;
    values[3] = 0.5f;
    values[4] = -0.5f;
    values[5] = 0.5f;
    System.arraycopy(
        new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, x, 0, 0).toFloats(), 0, values, 18, Pose12.LENGTH);
    return OrientedBox.of(values, 0, index);
  }

  @Test
  void theBookShopHasTwentySnippets() {
    Path bookstore = sharedScene("bookstore");
    Path output = folder.resolve("source");
    SceneBundleImporter.Result result =
        new SceneBundleImporter(VERTICES)
            .importBundles(List.of(bookstore), output, SceneBundleImporter.Options.ALL_TRAIN);
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    assertThat(reader.sourceManifestHash()).isEqualTo(result.sourceManifestHash());
    assertThat(reader.identities()).hasSize(20);
    assertThat(reader.identities().get(3))
        .isEqualTo(
            new SampleIdentity(
                3,
                "bookstore::snippet-000003",
                "bookstore",
                "snippet-000003",
                "train",
                "part-00000",
                3));
    SourceSample sample = reader.load(19);
    assertThat(sample.actor().trajectory().size()).isEqualTo(20);
    assertThat(sample.oracle().groundTruth().orElseThrow().boxes()).hasSize(134);
    assertThat(sample.oracle().mesh().faceCount()).isEqualTo(118_169);
    assertThat(reader.loadMesh(sample.oracle().mesh().sha256()).vertexCount()).isEqualTo(63_501);
    for (Pose12 pose : sample.actor().trajectory().worldFromRig()) {
      // A person walks upright: the rig's x axis points down within some degrees of pitch.
      assertThat(pose.r20()).isLessThan(-0.8);
      assertThat(pose.tz()).isBetween(1.0, 2.2);
    }
  }

  @Test
  void aWrittenBundleIsReadBack() {
    SceneBundle scene = scene("kitchen", 50);
    SceneBundleWriter.write(scene, ROOM, folder.resolve("kitchen"));
    SceneBundleParser.ParsedBundle parsed = SceneBundleParser.parse(folder.resolve("kitchen"));
    assertThat(parsed.loadMesh().copyFaces()).isEqualTo(ROOM.copyFaces());
    assertThat(parsed.scene().trajectory().timesNs()).isEqualTo(scene.trajectory().timesNs());
    for (int i = 0; i < 50; i++) {
      assertThat(parsed.scene().trajectory().worldFromRig().get(i).toArray())
          .containsExactly(
              scene.trajectory().worldFromRig().get(i).toArray(), within(QUATERNION_ROUNDING));
    }
    assertThat(parsed.scene().boxes()).isEqualTo(scene.boxes());
    assertThat(parsed.scene().camera().toFloats()).isEqualTo(scene.camera().toFloats());
    assertThat(parsed.scene().licence()).contains("CC0 \"1.0\"");
    assertThat(parsed.scene().points().orElseThrow().pointsWorld().copyCoordinates())
        .isEqualTo(scene.points().orElseThrow().pointsWorld().copyCoordinates());
    assertThat(parsed.findings()).allMatch(finding -> finding.kind() == Finding.Kind.FOUND);
  }

  @Test
  void theOrderOfFoldersChangesNothing() {
    SceneBundleWriter.write(scene("a", 45), ROOM, folder.resolve("a"));
    SceneBundleWriter.write(scene("b", 19), ROOM, folder.resolve("b"));
    SceneBundleImporter importer = new SceneBundleImporter(VERTICES);
    List<Path> folders = List.of(folder.resolve("a"), folder.resolve("b"));
    List<Path> turned = List.of(folder.resolve("b"), folder.resolve("a"));
    SceneBundleImporter.Options options = new SceneBundleImporter.Options(1, 0);
    SceneBundleImporter.Result first =
        importer.importBundles(folders, folder.resolve("first"), options);
    SceneBundleImporter.Result second =
        importer.importBundles(turned, folder.resolve("second"), options);
    assertThat(first).isEqualTo(second);
    assertThat(first.scenes())
        .extracting(SceneBundleImporter.ImportedScene::samples)
        .containsExactly(2, 1);
    assertThat(first.scenes())
        .extracting(SceneBundleImporter.ImportedScene::split)
        .containsExactlyInAnyOrder("val", "train");
    assertThat(first.scenes().get(0).findings())
        .contains(new Finding(Finding.Kind.ASSUMED, "5 poses after the last snippet unused"));
    assertThat(first.scenes().get(1).findings())
        .contains(new Finding(Finding.Kind.ASSUMED, "one snippet of 19 poses, fewer than 20"));
    assertThat(RolloutSourceCheck.check(folder.resolve("first")).problems()).isEmpty();
  }

  @Test
  void withoutAnyPointTheExtentIsThatOfTheMesh() {
    SceneBundle scene = scene("dark", 20);
    SceneBundleWriter.write(
        new SceneBundle(
            scene.sceneId(),
            scene.licence(),
            scene.attribution(),
            scene.trajectory(),
            scene.camera(),
            Optional.empty(),
            scene.boxes(),
            scene.cut()),
        ROOM,
        folder.resolve("dark"));
    SparsePointSampler blind =
        mesh ->
            (trajectory, cameras, key) ->
                new SparsePoints(PointCloud.EMPTY, Optional.empty(), Optional.empty());
    SceneBundleImporter.Result result =
        new SceneBundleImporter(blind)
            .importBundles(
                List.of(folder.resolve("dark")),
                folder.resolve("out"),
                SceneBundleImporter.Options.ALL_TRAIN);
    SourceSample sample = RolloutSourceReader.open(folder.resolve("out")).load(0);
    assertThat(sample.actor().occupancyExtent()).isEqualTo(new AxisAlignedBox(0, 4, 0, 4, 0, 3));
    assertThat(result.scenes().get(0).findings())
        .contains(
            new Finding(
                Finding.Kind.ASSUMED,
                "occupancy extent: the bounds of the mesh for 1 snippets without points"));
  }

  @Test
  void allProblemsOfAllFoldersAreListedAndNothingIsWritten() throws IOException {
    Path good = folder.resolve("good");
    SceneBundleWriter.write(scene("good", 20), ROOM, good);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path broken = folder.resolve("broken");
    SceneBundleWriter.write(scene("good", 20), ROOM, broken);
    Files.copy(
        BundleResources.file("broken.boxes.json"),
        broken.resolve("boxes.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(broken.resolve("mesh.obj"), "v 0 0 0\n");
    assertThatThrownBy(
            () ->
                new SceneBundleImporter(VERTICES)
                    .importBundles(
                        List.of(good, empty, broken, folder.resolve("absent")),
                        folder.resolve("out"),
                        SceneBundleImporter.Options.ALL_TRAIN))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining(
            "no mesh.ply or mesh.obj (expected a scene bundle with it, folder=" + empty)
        .hasMessageContaining("no trajectory.csv (expected a scene bundle with it, folder=" + empty)
        .hasMessageContaining("no boxes.json (expected a scene bundle with it, folder=" + empty)
        .hasMessageContaining(
            "two files of mesh (expected one of mesh.ply, mesh.obj, folder=" + broken)
        .hasMessageContaining("element=boxes[5]")
        .hasMessageContaining("no such folder (expected a scene bundle, folder=");
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactlyInAnyOrder(good, empty, broken);
    }
  }

  @Test
  void aFolderWithTheNameOfAFileIsRefused() throws IOException {
    SceneBundleWriter.write(scene("s", 20), ROOM, folder.resolve("s"));
    Path camera = folder.resolve("s").resolve("camera.json");
    Files.delete(camera);
    Files.createDirectory(camera);
    assertRefused("Invalid scene: a folder (expected a file, file=" + camera + ")");
  }

  @Test
  void aDeviceWithTheNameOfAFileIsRefusedUnread() throws IOException {
    SceneBundleWriter.write(scene("s", 20), ROOM, folder.resolve("s"));
    Path camera = folder.resolve("s").resolve("camera.json");
    Files.delete(camera);
    Files.createSymbolicLink(camera, Path.of("/dev/zero"));
    assertRefused("Invalid scene: no regular file (expected a file, file=" + camera + ")");
  }

  @Test
  void aMessageShowsTheBeginningOfALongSceneIdInOneLine() throws IOException {
    SceneBundleWriter.write(scene("s", 20), ROOM, folder.resolve("s"));
    Files.writeString(
        folder.resolve("s").resolve("scene.toml"), "scene_id = \"a\\n" + "x".repeat(3000) + "\"\n");
    assertRefused(
        "Invalid scene id: a?"
            + "x".repeat(78)
            + "… (expected 1 to 64 characters of 0-9 A-Z a-z . _ -, folder="
            + folder.resolve("s")
            + "); set scene_id in scene.toml");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(
            () ->
                new SceneBundleImporter(VERTICES)
                    .importBundles(
                        List.of(folder.resolve("s")),
                        folder.resolve("out"),
                        SceneBundleImporter.Options.ALL_TRAIN))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(message);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void oneSceneInTwoFoldersIsRefused() {
    SceneBundleWriter.write(scene("same", 20), ROOM, folder.resolve("x"));
    SceneBundleWriter.write(scene("same", 20), ROOM, folder.resolve("y"));
    assertThatThrownBy(
            () ->
                new SceneBundleImporter(VERTICES)
                    .importBundles(
                        List.of(folder.resolve("x"), folder.resolve("y")),
                        folder.resolve("out"),
                        SceneBundleImporter.Options.ALL_TRAIN))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot import scenes: two folders are scene same (expected every scene once, folders="
                + folder.resolve("x")
                + ", "
                + folder.resolve("y")
                + ")");
  }

  /** A walk along x at eye height through {@link #ROOM}, with a box and points. */
  private static SceneBundle scene(String sceneId, int poses) {
    List<Pose12> walk = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < poses; i++) {
      double turn = 0.01 * i;
      double cosine = StrictMath.cos(turn);
      double sine = StrictMath.sin(turn);
      // Columns down, left and forward for somebody who slowly turns to the left.
      walk.add(new Pose12(0, -sine, cosine, 0, cosine, sine, -1, 0, 0, 1 + 0.02 * i, 2, 1.5));
      times.add(100_000_000L * i);
    }
    SceneBox table =
        new SceneBox(
            "table",
            "table",
            new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 3, 3, 0.5),
            new Point3(1, 0.5, 0),
            SceneBox.Source.GROUND_TRUTH,
            1);
    return new SceneBundle(
        sceneId,
        Optional.of("CC0 \"1.0\""),
        Optional.empty(),
        new PoseTrajectory(walk, times),
        BundleCamera.DEFAULT,
        Optional.of(
            new SparsePoints(
                PointCloud.of(new float[] {3, 3, 0.5f, 3.5f, 2.1f, 1.7f, 0.1f, 0.2f, 0.3f}),
                Optional.of(FloatColumn.of(0.01f, 0.02f, 0.03f)),
                Optional.empty())),
        List.of(table),
        SnippetCut.DEFAULT);
  }

  /** A scene of the data folder beside the repository; the test is skipped where there is none. */
  private static Path sharedScene(String name) {
    Path place = Path.of("").toAbsolutePath();
    while (place != null) {
      Path scene = place.resolveSibling("shared").resolve("data/scenes").resolve(name);
      if (Files.isDirectory(scene)) {
        return scene;
      }
      place = place.getParent();
    }
    Assumptions.abort("No shared/data folder beside the repository: scene " + name + " skipped");
    throw new AssertionError();
  }
}
