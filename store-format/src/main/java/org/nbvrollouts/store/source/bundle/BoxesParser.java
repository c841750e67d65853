package org.nbvrollouts.store.source.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.DocumentFile;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Reads {@code boxes.json}; every broken element is reported with its position in the list. */
final class BoxesParser {
  private static final List<String> KEYS =
      List.of("id", "class", "center", "size", "rotation", "yaw_deg", "source", "confidence");
  private static final double ROTATION_TOLERANCE = 1e-3;

  private final String file;
  private final SceneFrame frame;
  private final InputProblems problems = new InputProblems();
  private final Set<List<Object>> ids = new HashSet<>();
  private String element = "";

  private BoxesParser(String file, SceneFrame frame) {
    this.file = file;
    this.frame = frame;
  }

  /**
   * Reads a file into world metres.
   *
   * @throws RefusedInputException with one problem per line, each with its element
   */
  static List<SceneBox> parse(Path path, SceneFrame frame) {
    try {
      Object root =
          JsonParser.parseWithNonFinite(
              DocumentFile.read(path, DocumentFile.LIST), path.toString());
      if (!(root instanceof List<?> elements)) {
        throw new RefusedInputException(
            "Invalid boxes: no list (expected a list of boxes, file=" + path + ")");
      }
      return new BoxesParser(path.toString(), frame).parse(elements);
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot read boxes: " + StorageReason.of(failed) + " (file=" + path + ")", failed);
    } catch (RefusedInputException refused) {
      throw refused;
    } catch (NbvException broken) {
      throw new RefusedInputException(broken.getMessage(), broken);
    }
  }

  private List<SceneBox> parse(List<?> elements) {
    List<SceneBox> boxes = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      element = "boxes[" + i + "]";
      if (elements.get(i) instanceof Map<?, ?> fields) {
        parse(fields).ifPresent(boxes::add);
      } else {
        add("element", "an object");
      }
    }
    problems.refuseIfAny();
    return List.copyOf(boxes);
  }

  private Optional<SceneBox> parse(Map<?, ?> fields) {
    for (Object key : fields.keySet()) {
      if (!KEYS.contains(key)) {
        add("unknown key " + key, "a known key, " + Suggestion.of(String.valueOf(key), KEYS));
      }
    }
    Optional<String> id = text(fields, "id");
    Optional<String> className = text(fields, "class");
    Optional<double[]> center = numbers(fields, "center", 3);
    Optional<double[]> size = numbers(fields, "size", 3);
    Optional<Pose12> rotation = rotation(fields);
    Optional<SceneBox.Source> source = source(fields);
    double confidence = confidence(fields);
    if (size.isPresent() && !(size.get()[0] >= 0 && size.get()[1] >= 0 && size.get()[2] >= 0)) {
      add("size=" + fields.get("size"), "side lengths of 0 or more");
    }
    if (id.isPresent() && source.isPresent() && !ids.add(List.of(source.get(), id.get()))) {
      add("repeated id " + id.get(), "every id once per source");
    }
    if (id.isEmpty()
        || className.isEmpty()
        || center.isEmpty()
        || size.isEmpty()
        || rotation.isEmpty()
        || source.isEmpty()) {
      return Optional.empty();
    }
    Pose12 turned = rotation.get();
    Pose12 sceneFromObject =
        new Pose12(
            turned.r00(),
            turned.r01(),
            turned.r02(),
            turned.r10(),
            turned.r11(),
            turned.r12(),
            turned.r20(),
            turned.r21(),
            turned.r22(),
            center.get()[0],
            center.get()[1],
            center.get()[2]);
    double scale = frame.metresPerUnit();
    return Optional.of(
        new SceneBox(
            id.get(),
            className.get(),
            frame.toWorld(sceneFromObject),
            new Point3(size.get()[0] * scale, size.get()[1] * scale, size.get()[2] * scale),
            source.get(),
            confidence));
  }

  private Optional<String> text(Map<?, ?> fields, String key) {
    Object value = fields.get(key);
    String text = value instanceof Long number ? Long.toString(number) : "";
    text = value instanceof String string ? string : text;
    if (text.isBlank() || text.chars().anyMatch(each -> each < ' ' || each == 0x7f)) {
      add(shown(fields, key), "a text without control characters");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private Optional<double[]> numbers(Map<?, ?> fields, String key, int length) {
    if (!(fields.get(key) instanceof List<?> list) || list.size() != length) {
      add(shown(fields, key), length + " numbers");
      return Optional.empty();
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      if (!(list.get(i) instanceof Number number) || !isFloat(number.doubleValue())) {
        add(key + "=" + list, length + " finite numbers");
        return Optional.empty();
      }
      values[i] = number.doubleValue();
    }
    return Optional.of(values);
  }

  private static boolean isFloat(double value) {
    return Float.isFinite((float) value);
  }

  private Optional<Pose12> rotation(Map<?, ?> fields) {
    boolean matrix = fields.containsKey("rotation");
    boolean yaw = fields.containsKey("yaw_deg");
    if (matrix && yaw) {
      add("rotation and yaw_deg", "one of them");
      return Optional.empty();
    }
    if (matrix) {
      return numbers(fields, "rotation", 9).flatMap(this::checkedRotation);
    }
    if (!yaw) {
      return Optional.of(Pose12.IDENTITY);
    }
    if (!(fields.get("yaw_deg") instanceof Number degrees)
        || !Double.isFinite(degrees.doubleValue())) {
      add("yaw_deg=" + fields.get("yaw_deg"), "a finite number of degrees");
      return Optional.empty();
    }
    return Optional.of(frame.turnAboutUp(StrictMath.toRadians(degrees.doubleValue())));
  }

  private Optional<Pose12> checkedRotation(double[] values) {
    double[] padded = new double[Pose12.LENGTH];
    System.arraycopy(values, 0, padded, 0, values.length);
    Pose12 rotation = Pose12.of(padded, 0);
    if (!Rotations.isRotation(rotation, ROTATION_TOLERANCE)) {
      add("rotation", "a row-major rotation matrix, orthonormal within " + ROTATION_TOLERANCE);
      return Optional.empty();
    }
    return Optional.of(rotation);
  }

  private Optional<SceneBox.Source> source(Map<?, ?> fields) {
    Object value = fields.get("source");
    if ("gt".equals(value)) {
      return Optional.of(SceneBox.Source.GROUND_TRUTH);
    }
    if ("detected".equals(value)) {
      return Optional.of(SceneBox.Source.DETECTED);
    }
    add(shown(fields, "source"), "gt or detected");
    return Optional.empty();
  }

  private static String shown(Map<?, ?> fields, String key) {
    return fields.containsKey(key) ? key + "=" + fields.get(key) : "no " + key;
  }

  private double confidence(Map<?, ?> fields) {
    if (!fields.containsKey("confidence")) {
      return 1.0;
    }
    if (fields.get("confidence") instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= 1) {
      return number.doubleValue();
    }
    add("confidence=" + fields.get("confidence"), "a number from 0 to 1");
    return 1.0;
  }

  private void add(String what, String rule) {
    problems.add(
        "Invalid boxes: "
            + what
            + " (expected "
            + rule
            + ", file="
            + file
            + ", element="
            + element
            + ")");
  }
}
