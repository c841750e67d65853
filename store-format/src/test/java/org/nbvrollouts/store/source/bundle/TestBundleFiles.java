package org.nbvrollouts.store.source.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SparsePoints;

final class TestBundleFiles {
  /** Quaternions of the resources have eight digits. */
  private static final double QUATERNION_ROUNDING = 1e-8;

  @TempDir Path folder;

  @Test
  void tumTextIsReadWithNanoseconds() {
    Path file = BundleResources.file("good.tum.csv");
    assertThat(TrajectoryParser.detectFormat(file)).isEqualTo("tum");
    TrajectoryParser.LoggedPoses logged = TrajectoryParser.parse(file, "tum");
    assertThat(logged.timesNs()).containsExactly(1L, 150_000_000L, 1_305_031_102_175_304_000L);
    assertThat(logged.poses().get(0).toArray()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3);
    assertThat(logged.poses().get(1).toArray())
        .containsExactly(
            new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1, 1, 2, 3}, within(QUATERNION_ROUNDING));
    assertThat(logged.poses().get(2).toArray())
        .containsExactly(1, 0, 0, 0, -1, 0, 0, 0, -1, 1, 2, 3);
  }

  @Test
  void mpsColumnsAreFoundByName() {
    Path file = BundleResources.file("good.mps.csv");
    assertThat(TrajectoryParser.detectFormat(file)).isEqualTo("mps");
    TrajectoryParser.LoggedPoses logged = TrajectoryParser.parse(file, "mps");
    assertThat(logged.timesNs()).containsExactly(100_000_000L, 200_000_000L);
    assertThat(logged.poses().get(1).toArray())
        .containsExactly(
            new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1, 1.5, 2, 3}, within(QUATERNION_ROUNDING));
  }

  @Test
  void aTrajectoryOfOnePoseIsRefused() {
    Path file = BundleResources.file("one-pose.csv");
    assertRefused(
        () -> TrajectoryParser.parse(file, "tum"),
        file,
        "Invalid trajectory: trajectory with one pose (expected at least 2, file=%s)");
  }

  @Test
  void everyProblemOfATrajectoryIsListedWithItsLine() {
    Path tum = BundleResources.file("broken.tum.csv");
    assertRefused(
        () -> TrajectoryParser.parse(tum, "tum"),
        tum,
        "Invalid trajectory: value nan (expected finite numbers, file=%s, line=3)",
        "Invalid trajectory: quaternion of length 2.0 (expected a unit quaternion within 0.001,"
            + " file=%s, line=4)",
        "Invalid trajectory: 7 values (expected 8: t x y z qx qy qz qw, file=%s, line=5)",
        "Invalid trajectory: time 300000000 ns after 300000000 ns (expected increasing times,"
            + " file=%s, line=7)",
        "Invalid trajectory: time soon (expected decimal seconds, file=%s, line=8)");
    Path mps = BundleResources.file("broken.mps.csv");
    assertRefused(
        () -> TrajectoryParser.parse(mps, "mps"),
        mps,
        "Invalid trajectory: graph_uid b2 after a1 (expected one map, since two maps share no"
            + " frame, file=%s, line=3)",
        "Invalid trajectory: time 0.25 (expected integer microseconds, file=%s, line=4)",
        "Invalid trajectory: 5 columns (expected 9 as in the header, file=%s, line=5)");
    Path columns = BundleResources.file("no-columns.mps.csv");
    assertRefused(
        () -> TrajectoryParser.parse(columns, "mps"),
        columns,
        "Invalid trajectory: no column qw_world_device (expected the MPS closed-loop columns,"
            + " file=%s, line=1)");
  }

  @Test
  void pointsAreReadPlainAndCompressedInEveryUnit() throws IOException {
    Path plain = BundleResources.file("good.points.csv");
    SparsePoints points = PointFileParser.parse(plain, SceneFrame.METRES_Z_UP);
    assertThat(points.pointsWorld().copyCoordinates())
        .containsExactly(1.5f, -2.25f, 0.125f, 100, 200, 300);
    assertThat(points.inverseDistanceStd().orElseThrow().toArray()).containsExactly(0.001f, 0.002f);
    Path compressed = folder.resolve("points.csv.gz");
    try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(plain, output);
    }
    SparsePoints turned = PointFileParser.parse(compressed, SceneFrame.of("cm", "+y"));
    assertThat(turned.pointsWorld().copyCoordinates())
        .containsExactly(0.015f, -0.00125f, -0.0225f, 1, -3, 2);
  }

  @Test
  void everyProblemOfAPointFileIsListedWithItsLine() throws IOException {
    Path file = BundleResources.file("broken.points.csv");
    assertRefused(
        () -> PointFileParser.parse(file, SceneFrame.METRES_Z_UP),
        file,
        "Invalid points: value x (expected finite numbers of 32 bits, file=%s, line=3)",
        "Invalid points: value inf (expected finite numbers of 32 bits, file=%s, line=4)",
        "Invalid points: 3 columns (expected those of the header, file=%s, line=5)",
        "Invalid points: value 1e102 (expected finite numbers of 32 bits, file=%s, line=6)");
    Path columns = BundleResources.file("no-columns.points.csv");
    assertThatThrownBy(() -> PointFileParser.parse(columns, SceneFrame.METRES_Z_UP))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith(
            "Invalid points: no column px_world (expected the MPS point columns, file="
                + columns
                + ", line=1)\nInvalid points: no column py_world");
    Path noGzip = folder.resolve("points.csv.gz");
    Files.writeString(noGzip, "px_world,py_world,pz_world\n");
    assertThatThrownBy(() -> PointFileParser.parse(noGzip, SceneFrame.METRES_Z_UP))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid points: Not in GZIP format (expected gzip, file=" + noGzip + ")");
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, new byte[] {0x1f, (byte) 0x8b, 8});
    assertThatThrownBy(() -> PointFileParser.parse(cut, SceneFrame.METRES_Z_UP))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid points: the file ends too early (expected whole gzip, file=" + cut + ")");
  }

  @Test
  void thinAndNestedBoxesAreData() {
    List<SceneBox> boxes =
        BoxesParser.parse(BundleResources.file("odd.boxes.json"), SceneFrame.METRES_Z_UP);
    assertThat(boxes).hasSize(3);
    assertThat(boxes.get(0).sizeMetres().y()).isZero();
    assertThat(boxes.get(0).worldFromObject().toArray())
        .containsExactly(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1}, within(1e-15));
    assertThat(boxes.get(1).confidence()).isEqualTo(1.0);
    assertThat(boxes.get(2).source()).isEqualTo(SceneBox.Source.DETECTED);
    assertThat(boxes.get(2).confidence()).isEqualTo(0.5);
  }

  @Test
  void boxesOfAnotherFrameStandUprightInTheWorld() {
    SceneBox door =
        BoxesParser.parse(BundleResources.file("odd.boxes.json"), SceneFrame.of("cm", "+y")).get(0);
    Pose12 pose = door.worldFromObject();
    // Its second axis is the up axis of the file; its centre (0, 0, 1) cm lies at -y.
    assertThat(new double[] {pose.r01(), pose.r11(), pose.r21()})
        .containsExactly(new double[] {0, 0, 1}, within(1e-15));
    assertThat(new double[] {pose.tx(), pose.ty(), pose.tz()}).containsExactly(0, -0.01, 0);
    assertThat(door.sizeMetres().z()).isEqualTo(0.02);
  }

  @Test
  void everyProblemOfTheBoxesIsListedWithItsElement() {
    Path file = BundleResources.file("broken.boxes.json");
    assertRefused(
        () -> BoxesParser.parse(file, SceneFrame.METRES_Z_UP),
        file,
        "Invalid boxes: center=[0, NaN, 1] (expected 3 finite numbers, file=%s, element=boxes[0])",
        "Invalid boxes: size=[1, -1, 1] (expected side lengths of 0 or more, file=%s,"
            + " element=boxes[1])",
        "Invalid boxes: rotation (expected a row-major rotation matrix, orthonormal within 0.001,"
            + " file=%s, element=boxes[2])",
        "Invalid boxes: unknown key centre (expected a known key, did you mean center?, file=%s,"
            + " element=boxes[3])",
        "Invalid boxes: class= (expected a text without control characters, file=%s,"
            + " element=boxes[3])",
        "Invalid boxes: no center (expected 3 numbers, file=%s, element=boxes[3])",
        "Invalid boxes: source=truth (expected gt or detected, file=%s, element=boxes[3])",
        "Invalid boxes: confidence=2 (expected a number from 0 to 1, file=%s, element=boxes[3])",
        "Invalid boxes: element (expected an object, file=%s, element=boxes[4])",
        "Invalid boxes: repeated id a (expected every id once per source, file=%s,"
            + " element=boxes[5])");
  }

  @Test
  void everyProblemOfTheCameraIsListed() {
    Path file = BundleResources.file("broken.camera.json");
    assertRefused(
        () -> CameraParser.parse(file, FrameAxes.RIGHT_DOWN_FORWARD, SceneFrame.METRES_Z_UP),
        file,
        "Invalid camera: unknown key lens (expected a known key, known are model, width, height,"
            + " focal, principal_point, distortion, valid_radius, T_device_camera, file=%s, line=2)",
        "Invalid camera: width=0 (expected an integer from 1 to 16384, file=%s, line=1)",
        "Invalid camera: focal=[500, -1] (expected positive pixels, file=%s, line=1)",
        "Invalid camera: principal_point=[320] (expected 2 finite numbers, file=%s, line=1)",
        "Invalid camera: distortion=[0.1] (expected none for a pinhole camera, file=%s, line=1)",
        "Invalid camera: T_device_camera (expected a row-major rotation, orthonormal within 0.001,"
            + " and a translation, file=%s, line=2)");
  }

  @Test
  void everyProblemOfTheSettingsIsListedWithItsLine() {
    Path file = BundleResources.file("broken.scene.toml");
    assertRefused(
        () -> BundleSettingsParser.parse(file, "folder"),
        file,
        "Invalid settings: unknown key author (expected a known key, file=%s, line=4); known are"
            + " scene_id, licence, attribution, units, up, trajectory, snippets",
        "Invalid settings: unknown key snippets.pose (expected a known key, file=%s, line=12);"
            + " did you mean poses?",
        "Invalid units: inch (expected m, dm, cm or mm) (file=%s, line=2)",
        "Invalid up: sideways (expected +x, -x, +y, -y, +z or -z) (file=%s, line=3)",
        "Invalid axes: left-down-forward (expected a right-handed frame such as"
            + " right-down-forward, down-left-forward or left-up-forward) (file=%s, line=8)",
        "Invalid settings: trajectory.format=csv (expected mps or tum, file=%s, line=7)",
        "Invalid settings: trajectory.rate_hz=-1 (expected a positive number, file=%s, line=9)",
        "Invalid settings: snippets.stride=0 (expected an integer of at least 1, file=%s,"
            + " line=13)");
    Path syntax = BundleResources.file("broken-syntax.scene.toml");
    assertThatThrownBy(() -> BundleSettingsParser.parse(syntax, "folder"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("file=" + syntax + ", line=1");
  }

  @Test
  void settingsThatAreNotUtf8AreRefusedWithTheirLine() throws IOException {
    Path file = folder.resolve("scene.toml");
    Files.write(file, new byte[] {'#', '\n', 'u', 'p', '=', '"', (byte) 0xff, '"'});
    assertRefused(
        () -> BundleSettingsParser.parse(file, "folder"),
        file,
        "Invalid settings: not UTF-8 (expected TOML in UTF-8, file=%s, line=2)");
  }

  private static void assertRefused(ThrowingCallable read, Path file, String... problems) {
    assertThatThrownBy(read)
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(String.join("\n", problems).replace("%s", file.toString()));
  }
}
