package org.nbvrollouts.store.source.bundle;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.mesh.MeshFiles;

/**
 * Writes a scene as a bundle folder: {@code mesh.ply}, {@code trajectory.csv} with the MPS columns,
 * {@code boxes.json}, {@code camera.json}, {@code scene.toml} and, if there are points, {@code
 * points.csv}. Times are cut to microseconds. Equal scenes give equal bytes.
 */
public final class SceneBundleWriter {
  private static final String TRAJECTORY_HEADER =
      "graph_uid,tracking_timestamp_us,tx_world_device,ty_world_device,tz_world_device,"
          + "qx_world_device,qy_world_device,qz_world_device,qw_world_device\n";
  private static final long NANOSECONDS_PER_MICROSECOND = 1000;

  private SceneBundleWriter() {}

  /**
   * Writes a new folder.
   *
   * @param folder must not exist
   * @throws RefusedInputException if the folder exists or the trajectory has no times
   */
  public static void write(SceneBundle scene, TriangleMesh mesh, Path folder) {
    if (Files.exists(folder)) {
      throw new RefusedInputException(
          "Cannot write scene bundle: the place is taken (folder=" + folder + ")");
    }
    if (!scene.trajectory().hasTimes()) {
      throw new RefusedInputException(
          "Cannot write scene bundle: a trajectory without times (scene=" + scene.sceneId() + ")");
    }
    try {
      Files.createDirectories(folder);
      MeshFiles.writePly(mesh, folder.resolve("mesh.ply"));
      Files.writeString(folder.resolve("trajectory.csv"), trajectory(scene));
      Files.writeString(folder.resolve("boxes.json"), boxes(scene));
      Files.writeString(folder.resolve("camera.json"), camera(scene.camera()));
      Files.writeString(folder.resolve("scene.toml"), settings(scene));
      if (scene.points().isPresent()) {
        writePoints(scene.points().get(), folder.resolve("points.csv"));
      }
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot write scene bundle: " + StorageReason.of(failed) + " (folder=" + folder + ")",
          failed);
    }
  }

  private static String trajectory(SceneBundle scene) {
    StringBuilder text = new StringBuilder(TRAJECTORY_HEADER);
    for (int i = 0; i < scene.trajectory().size(); i++) {
      Pose12 pose = scene.trajectory().worldFromRig().get(i);
      double[] quaternion = Rotations.quaternion(pose);
      text.append(scene.sceneId())
          .append(',')
          .append(scene.trajectory().timesNs().get(i) / NANOSECONDS_PER_MICROSECOND);
      for (double value :
          new double[] {
            pose.tx(),
            pose.ty(),
            pose.tz(),
            quaternion[0],
            quaternion[1],
            quaternion[2],
            quaternion[3]
          }) {
        text.append(',').append(decimal(value));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String boxes(SceneBundle scene) {
    List<Object> elements = new ArrayList<>();
    for (SceneBox box : scene.boxes()) {
      double[] pose = box.worldFromObject().toArray();
      Map<String, Object> element = new LinkedHashMap<>();
      element.put("id", box.id());
      element.put("class", box.className());
      element.put("center", List.of(pose[9], pose[10], pose[11]));
      element.put(
          "size", List.of(box.sizeMetres().x(), box.sizeMetres().y(), box.sizeMetres().z()));
      element.put("rotation", doubles(pose, 0, 9));
      element.put("source", box.source() == SceneBox.Source.GROUND_TRUTH ? "gt" : "detected");
      element.put("confidence", box.confidence());
      elements.add(element);
    }
    return CanonicalJson.pretty(elements) + "\n";
  }

  private static List<Object> doubles(double[] values, int from, int to) {
    List<Object> list = new ArrayList<>();
    for (int i = from; i < to; i++) {
      list.add(values[i]);
    }
    return list;
  }

  private static String camera(CameraCalibration camera) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", camera.isPinhole() ? "pinhole" : "fisheye624");
    fields.put("width", (long) camera.width());
    fields.put("height", (long) camera.height());
    fields.put("focal", List.of(camera.focalX(), camera.focalY()));
    fields.put("principal_point", List.of(camera.principalX(), camera.principalY()));
    if (!camera.isPinhole()) {
      List<Object> distortion = new ArrayList<>();
      for (int i = 0; i < CameraCalibration.DISTORTION_LENGTH; i++) {
        distortion.add(camera.distortion(i));
      }
      fields.put("distortion", distortion);
      if (camera.validRadiusX() > 0) {
        fields.put("valid_radius", camera.validRadiusX());
      }
    }
    // The device of the written trajectory is the rig.
    double[] rigFromCamera = camera.cameraFromRig().inverse().toArray();
    fields.put("T_device_camera", doubles(rigFromCamera, 0, Pose12.LENGTH));
    return CanonicalJson.pretty(fields) + "\n";
  }

  private static String settings(SceneBundle scene) {
    StringBuilder text = new StringBuilder();
    text.append("scene_id = ").append(quoted(scene.sceneId())).append('\n');
    scene
        .licence()
        .ifPresent(licence -> text.append("licence = ").append(quoted(licence)).append('\n'));
    scene
        .attribution()
        .ifPresent(credit -> text.append("attribution = ").append(quoted(credit)).append('\n'));
    text.append("units = \"m\"\nup = \"+z\"\n\n[trajectory]\nformat = \"mps\"\n")
        .append("axes = \"down-left-forward\"\n\n[snippets]\nposes = ")
        .append(scene.cut().poses())
        .append("\nstride = ")
        .append(scene.cut().stride())
        .append('\n');
    return text.toString();
  }

  /** A TOML basic string; JSON escapes the same characters in the same way. */
  private static String quoted(String text) {
    return CanonicalJson.compact(text);
  }

  private static void writePoints(SparsePoints points, Path file) throws IOException {
    boolean quality = points.inverseDistanceStd().isPresent();
    try (BufferedWriter text = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      text.write("uid,px_world,py_world,pz_world" + (quality ? ",inv_dist_std" : "") + "\n");
      for (int i = 0; i < points.pointsWorld().size(); i++) {
        writePoint(points, i, text);
      }
    }
  }

  private static void writePoint(SparsePoints points, int i, Writer text) throws IOException {
    text.write(
        i
            + ","
            + decimal(points.pointsWorld().x(i))
            + ","
            + decimal(points.pointsWorld().y(i))
            + ","
            + decimal(points.pointsWorld().z(i)));
    if (points.inverseDistanceStd().isPresent()) {
      text.write("," + decimal(points.inverseDistanceStd().get().at(i)));
    }
    text.write("\n");
  }

  /** The shortest text that reads back; that of the JDK differs between its versions. */
  private static String decimal(double value) {
    return CanonicalJson.compact(value);
  }
}
