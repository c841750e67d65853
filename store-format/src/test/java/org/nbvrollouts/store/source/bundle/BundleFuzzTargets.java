package org.nbvrollouts.store.source.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.nbvrollouts.store.damage.FuzzTarget;

/** Parsers of the files of a scene bundle. */
public final class BundleFuzzTargets {
  private static final String CAMERA =
      """
      {"model": "pinhole", "width": 240, "height": 200, "focal": [150.5, 150.5],
       "principal_point": [120, 100], "T_device_camera": [1,0,0,0,1,0,0,0,1,0.1,0,0]}
      """;
  private static final String SETTINGS =
      """
      scene_id = "room-1"
      licence = "CC0"
      units = "cm"
      up = "+y"

      [trajectory]
      format = "tum"
      axes = "right-down-forward"
      rate_hz = 10

      [snippets]
      length = 20
      stride = 10
      """;
  private static final String BOXES =
      """
      [{"id": "1", "class": "chair", "center": [1, 2, 0.5], "size": [0.5, 0.5, 1.0], "yaw_deg": 30,
        "source": "gt"},
       {"id": "2", "class": "table", "center": [1, 2, 0.5], "size": [0.5, 0.5, 1.0],
        "rotation": [1,0,0,0,1,0,0,0,1], "source": "detected", "confidence": 0.75}]
      """;

  private BundleFuzzTargets() {}

  private interface FileParser {
    Object parse(Path file) throws IOException;
  }

  /**
   * The targets.
   *
   * @param folder for the files
   */
  public static List<FuzzTarget> all(Path folder) throws IOException {
    byte[] points = Files.readAllBytes(BundleResources.file("good.points.csv"));
    List<FuzzTarget> targets = new ArrayList<>();
    targets.add(
        target(
            folder.resolve("boxes.json"),
            utf8(BOXES),
            file -> BoxesParser.parse(file, SceneFrame.METRES_Z_UP)));
    targets.add(
        target(
            folder.resolve("camera.json"),
            utf8(CAMERA),
            file -> CameraParser.parse(file, FrameAxes.DOWN_LEFT_FORWARD, SceneFrame.METRES_Z_UP)));
    targets.add(
        target(
            folder.resolve("scene.toml"),
            utf8(SETTINGS),
            file -> BundleSettingsParser.parse(file, "room")));
    for (String format : List.of("mps", "tum")) {
      targets.add(
          target(
              folder.resolve(format + ".csv"),
              Files.readAllBytes(BundleResources.file("good." + format + ".csv")),
              file -> {
                TrajectoryParser.detectFormat(file);
                return TrajectoryParser.parse(file, format);
              }));
    }
    targets.add(
        target(
            folder.resolve("points.csv"),
            points,
            file -> PointFileParser.parse(file, SceneFrame.METRES_Z_UP)));
    targets.add(
        target(
            folder.resolve("points.csv.gz"),
            gzip(points),
            file -> PointFileParser.parse(file, SceneFrame.METRES_Z_UP)));
    return targets;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static FuzzTarget target(Path file, byte[] valid, FileParser parser) {
    return new FuzzTarget(
        file.getFileName().toString(),
        List.of(valid),
        input -> {
          Files.write(file, input);
          parser.parse(file);
        });
  }
}
