package org.nbvrollouts.store.source.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.DocumentFile;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.Pose12;

/**
 * Reads {@code camera.json}. {@code T_device_camera} maps camera coordinates to the frame of the
 * trajectory poses; without it the camera is upright at the origin of that frame.
 */
final class CameraParser {
  private static final List<String> KEYS =
      List.of(
          "model",
          "width",
          "height",
          "focal",
          "principal_point",
          "distortion",
          "valid_radius",
          "T_device_camera");
  private static final int MAX_PIXELS = 16_384;
  private static final double ROTATION_TOLERANCE = 1e-3;

  private final String file;
  private final Map<String, Object> fields;
  private final Map<String, Integer> lines;
  private final InputProblems problems = new InputProblems();

  private CameraParser(String file, JsonParser.LocatedObject root) {
    this.file = file;
    this.fields = root.fields();
    this.lines = root.lines();
  }

  /**
   * Reads a file.
   *
   * @param deviceAxes axes of the trajectory poses
   * @param frame unit of the translation
   * @throws RefusedInputException with one problem per line, each with its key and the line of that
   */
  static CameraCalibration parse(Path path, FrameAxes deviceAxes, SceneFrame frame) {
    JsonParser.LocatedObject root;
    try {
      root =
          JsonParser.parseLocatedObject(
              DocumentFile.read(path, DocumentFile.WRITTEN_BY_HAND), path.toString());
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot read camera: " + StorageReason.of(failed) + " (file=" + path + ")", failed);
    } catch (NbvException broken) {
      throw new RefusedInputException(broken.getMessage(), broken);
    }
    return new CameraParser(path.toString(), root).parse(deviceAxes, frame);
  }

  private CameraCalibration parse(FrameAxes deviceAxes, SceneFrame frame) {
    for (String key : fields.keySet()) {
      if (!KEYS.contains(key)) {
        add(key, "unknown key " + key, "a known key, " + Suggestion.of(key, KEYS));
      }
    }
    Object model = fields.get("model");
    boolean pinhole = "pinhole".equals(model);
    if (!pinhole && !"fisheye624".equals(model)) {
      add("model", shown("model"), "pinhole or fisheye624");
    }
    List<Double> intrinsics = new ArrayList<>();
    intrinsics.add(pixels("width"));
    intrinsics.add(pixels("height"));
    List<Double> focal = numbers("focal", 2);
    if (focal.stream().anyMatch(value -> value <= 0)) {
      add("focal", "focal=" + fields.get("focal"), "positive pixels");
    }
    intrinsics.addAll(focal);
    intrinsics.addAll(numbers("principal_point", 2));
    List<Double> distortion = distortion(pinhole);
    double validRadius = validRadius(pinhole, intrinsics);
    Optional<Pose12> deviceFromCamera = deviceFromCamera(frame);
    problems.refuseIfAny();
    Pose12 cameraFromRig = BundleCamera.cameraFromRig(deviceFromCamera, deviceAxes);
    return pinhole
        ? BundleCamera.pinhole(intrinsics, cameraFromRig)
        : BundleCamera.fisheye(intrinsics, validRadius, cameraFromRig, distortion);
  }

  private double pixels(String key) {
    if (fields.get(key) instanceof Long value && value >= 1 && value <= MAX_PIXELS) {
      return value;
    }
    add(key, shown(key), "an integer from 1 to " + MAX_PIXELS);
    return 1;
  }

  private List<Double> distortion(boolean pinhole) {
    Object value = fields.get("distortion");
    if (value == null || (value instanceof List<?> list && list.isEmpty())) {
      return List.of();
    }
    if (pinhole) {
      if (!(value instanceof List<?> list)
          || list.stream()
              .anyMatch(each -> !(each instanceof Number number) || number.doubleValue() != 0)) {
        add("distortion", "distortion=" + value, "none for a pinhole camera");
      }
      return List.of();
    }
    return numbers("distortion", CameraCalibration.DISTORTION_LENGTH);
  }

  private double validRadius(boolean pinhole, List<Double> intrinsics) {
    Object value = fields.get("valid_radius");
    if (value == null) {
      return Math.min(intrinsics.get(0), intrinsics.get(1)) / 2;
    }
    if (!pinhole && value instanceof Number number && number.doubleValue() > 0) {
      return number.doubleValue();
    }
    add(
        "valid_radius",
        "valid_radius=" + value,
        "a positive number of pixels, of a fisheye624 camera");
    return 1;
  }

  private Optional<Pose12> deviceFromCamera(SceneFrame frame) {
    if (!fields.containsKey("T_device_camera")) {
      return Optional.empty();
    }
    double[] values =
        numbers("T_device_camera", Pose12.LENGTH).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    for (int i = 9; i < Pose12.LENGTH; i++) {
      values[i] *= frame.metresPerUnit();
    }
    Pose12 pose = Pose12.of(values, 0);
    if (!Rotations.isRotation(pose, ROTATION_TOLERANCE)) {
      add(
          "T_device_camera",
          "T_device_camera",
          "a row-major rotation, orthonormal within " + ROTATION_TOLERANCE + ", and a translation");
    }
    return Optional.of(pose);
  }

  private String shown(String key) {
    return fields.containsKey(key) ? key + "=" + fields.get(key) : "no " + key;
  }

  /** As many finite numbers; after a problem as many ones. */
  private List<Double> numbers(String key, int length) {
    List<Double> values = new ArrayList<>();
    if (fields.get(key) instanceof List<?> list && list.size() == length) {
      for (Object each : list) {
        if (each instanceof Number number && Float.isFinite(number.floatValue())) {
          values.add(number.doubleValue());
        }
      }
    }
    if (values.size() != length) {
      add(key, shown(key), length + " finite numbers");
      return Collections.nCopies(length, 1.0);
    }
    return values;
  }

  private void add(String key, String what, String rule) {
    String line = lines.containsKey(key) ? ", line=" + lines.get(key) : "";
    problems.add("Invalid camera: " + what + " (expected " + rule + ", file=" + file + line + ")");
  }
}
