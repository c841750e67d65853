package org.nbvrollouts.store.source.vin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.SourceFixtures;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;
import org.nbvrollouts.store.zarr.PlainZarrWriter;

/**
 * Makes VIN offline stores of source rows, with every oddity that real ones have: NaN rows after
 * poses and points, boxes padded with −1, NaN and 0, a row without a box table, chunks left out,
 * nil records, and detector blocks in the first shard only.
 *
 * <p>As a program it writes six rows of two scenes: {@code VinStoreFabricator FOLDER [7|8]}.
 */
public final class VinStoreFabricator {
  /** Padding rows that every box table ends with. */
  static final int BOX_PADDING = 3;

  private static final int CANDIDATES = 4;
  private static final int[] VOXELS = {2, 3, 4};

  private final long version;
  private final int rowsPerShard;
  private final List<Object> shards = new ArrayList<>();
  private final List<String> index = new ArrayList<>();

  private VinStoreFabricator(long version, int rowsPerShard) {
    this.version = version;
    this.rowsPerShard = rowsPerShard;
  }

  /** Writes a store of random rows. */
  public static void main(String[] arguments) throws IOException {
    long version = arguments.length > 1 ? Long.parseLong(arguments[1]) : 8;
    write(Path.of(arguments[0]), version, 2, rows(6, 7));
  }

  /** Random rows, three to a scene, the last one in val. */
  public static List<SourceSample> rows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MeshReference mesh = new MeshReference("0".repeat(64), 4, 4);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              SourceSample sample = SourceFixtures.sample(i, mesh, random.split());
              SampleIdentity old = sample.identity();
              SampleIdentity identity =
                  new SampleIdentity(
                      i,
                      old.sampleKey(),
                      old.sceneId(),
                      old.snippetId(),
                      i == count - 1 ? "val" : "train",
                      "",
                      0);
              return new SourceSample(identity, sample.actor(), sample.oracle());
            })
        .toList();
  }

  /** Writes a store of rows, in their order; their splits are kept. */
  public static void write(Path folder, long version, int rowsPerShard, List<SourceSample> rows)
      throws IOException {
    new VinStoreFabricator(version, rowsPerShard).write(folder, rows);
  }

  private void write(Path folder, List<SourceSample> rows) throws IOException {
    for (int start = 0; start < rows.size(); start += rowsPerShard) {
      shard(folder, start, rows.subList(start, Math.min(rows.size(), start + rowsPerShard)));
    }
    Files.writeString(folder.resolve("sample_index.jsonl"), String.join("", index));
    Files.createDirectories(folder.resolve("splits"));
    split(folder, "all", rows, row -> true);
    split(folder, "train", rows, row -> row.identity().split().equals("train"));
    split(folder, "val", rows, row -> row.identity().split().equals("val"));
    if (rows.stream().anyMatch(row -> row.identity().split().equals("test"))) {
      split(folder, "test", rows, row -> row.identity().split().equals("test"));
    }
    Files.write(
        folder.resolve("manifest.json"),
        CanonicalJson.msgspec(manifest(rows)).getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> manifest(List<SourceSample> rows) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("version", version);
    manifest.put("created_at", "2026-01-02T03:04:05Z");
    manifest.put("source", Map.of("dataset_signature", "abc"));
    manifest.put("oracle", Map.of("max_candidates", CANDIDATES));
    manifest.put("vin", Map.of("pad_points", 1e-5));
    manifest.put("materialized_blocks", Map.of("backbone", true));
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("num_samples", rows.size());
    stats.put("num_shards", shards.size());
    stats.put("num_train", count(rows, "train"));
    stats.put("num_val", count(rows, "val"));
    stats.put("interrupted", false);
    manifest.put("stats", stats);
    manifest.put("provenance", Map.of("split_policy", "by hand"));
    manifest.put("shards", shards);
    return manifest;
  }

  private static long count(List<SourceSample> rows, String split) {
    return rows.stream().filter(row -> row.identity().split().equals(split)).count();
  }

  private static void split(
      Path folder, String name, List<SourceSample> rows, Predicate<SourceSample> member)
      throws IOException {
    long[] indices =
        IntStream.range(0, rows.size())
            .filter(i -> member.test(rows.get(i)))
            .asLongStream()
            .toArray();
    Files.write(folder.resolve("splits/" + name + ".npy"), npy(indices));
  }

  /** An NPY file, version 1, of one axis of int64. */
  static byte[] npy(long... values) {
    return npy(
        "{'descr': '<i8', 'fortran_order': False, 'shape': (" + values.length + ",), }", values);
  }

  static byte[] npy(String header, long... values) {
    String padded = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded.length() + 8 * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    bytes.put((byte) 0).putShort((short) padded.length());
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII));
    Arrays.stream(values).forEach(bytes::putLong);
    return bytes.array();
  }

  private void shard(Path folder, int rowStart, List<SourceSample> rows) throws IOException {
    String id = String.format("shard-%06d", shards.size());
    Path directory = folder.resolve("shards").resolve(id);
    Shard shard = new Shard(directory, rows);
    shard.always();
    if (version >= 8) {
      shard.floats(
          "vin.t_world_snippet",
          row -> pose(row.actor().worldFromSnippet().orElse(zero())),
          1,
          Pose12.LENGTH);
    }
    if (shards.isEmpty()) {
      shard.detector();
    }
    for (int i = 0; i < rows.size(); i++) {
      SampleIdentity identity = rows.get(i).identity();
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("sample_index", rowStart + i);
      record.put("sample_key", identity.sampleKey());
      record.put("scene_id", identity.sceneId());
      record.put("snippet_id", identity.snippetId());
      record.put("split", identity.split());
      record.put("shard_id", id);
      record.put("row", i);
      index.add(CanonicalJson.msgspec(record) + "\n");
    }
    Map<String, Object> descriptor = new LinkedHashMap<>();
    descriptor.put("shard_id", id);
    descriptor.put("relative_dir", "shards/" + id);
    descriptor.put("row_start", rowStart);
    descriptor.put("num_rows", rows.size());
    descriptor.put("blocks", shard.blocks);
    shards.add(descriptor);
  }

  private static Pose12 zero() {
    return new Pose12(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static float[] pose(Pose12 pose) {
    return pose.toFloats();
  }

  private interface Values {
    float[] of(SourceSample row);
  }

  /** Blocks of one shard. */
  private static final class Shard {
    private final Path directory;
    private final List<SourceSample> rows;
    private final PlainZarrWriter arrays;
    private final Map<String, Object> blocks = new LinkedHashMap<>();

    Shard(Path directory, List<SourceSample> rows) throws IOException {
      this.directory = directory;
      this.rows = rows;
      this.arrays = new PlainZarrWriter(directory);
    }

    void always() throws IOException {
      int points =
          3 + rows.stream().mapToInt(r -> r.actor().points().pointsWorld().size()).max().orElse(0);
      floats("vin.points_world", row -> points(row, points), points, 5);
      longs("vin.lengths", row -> row.actor().points().pointsWorld().size(), 1);
      int frames =
          2 + rows.stream().mapToInt(row -> row.actor().trajectory().size()).max().orElse(0);
      floats("vin.t_world_rig", row -> walk(row, frames), frames, Pose12.LENGTH);
      times(frames);
      floats("vin.trajectory.gravity_in_world", row -> new float[] {0, 0, -9.81f}, 3);
      floats(
          "oracle.reference_pose_world_rig",
          row -> pose(row.actor().referencePoseWorldRig().orElse(row.actor().rootPoseWorldRig())),
          Pose12.LENGTH);
      floats("oracle.rri", row -> new float[] {0.5f, Float.NaN, Float.NaN, Float.NaN}, CANDIDATES);
      longs("oracle.candidate_count", row -> 1);
      boxes("gt.obbs", row -> row.oracle().groundTruth(), 2);
    }

    /** Blocks of the detector; the last row has no box table, the second no counts. */
    void detector() throws IOException {
      SourceSample last = rows.get(rows.size() - 1);
      boxes(
          "detected.obbs", row -> row.equals(last) ? Optional.empty() : row.actor().detected(), 1);
      int size = VOXELS[0] * VOXELS[1] * VOXELS[2];
      floats("backbone.t_world_voxel", row -> pose(Pose12.IDENTITY), 1, Pose12.LENGTH);
      floats("backbone.voxel_extent", row -> new float[] {-2, 2, 0, 4, -2, 2}, 6);
      floats("backbone.occ_pr", row -> filled(size, 0.25f), 1, 1, VOXELS[0], VOXELS[1], VOXELS[2]);
      TypedArrayBuilder counts =
          new TypedArrayBuilder(ElementType.INT64, 1, VOXELS[0], VOXELS[1], VOXELS[2]);
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < size; i++) {
          counts.add(row == 1 ? 0L : (long) (i % 5));
        }
      }
      array("backbone.counts", counts.build(rows.size()));
    }

    private static float[] filled(int length, float value) {
      float[] values = new float[length];
      Arrays.fill(values, value);
      return values;
    }

    private static float[] points(SourceSample row, int capacity) {
      float[] values = filled(5 * capacity, Float.NaN);
      for (int i = 0; i < row.actor().points().pointsWorld().size(); i++) {
        values[5 * i] = row.actor().points().pointsWorld().x(i);
        values[5 * i + 1] = row.actor().points().pointsWorld().y(i);
        values[5 * i + 2] = row.actor().points().pointsWorld().z(i);
        values[5 * i + 3] = 0.01f * i;
        values[5 * i + 4] = i;
      }
      return values;
    }

    private static float[] walk(SourceSample row, int frames) {
      float[] values = filled(Pose12.LENGTH * frames, Float.NaN);
      List<Pose12> poses = row.actor().trajectory().worldFromRig();
      for (int i = 0; i < poses.size(); i++) {
        System.arraycopy(pose(poses.get(i)), 0, values, Pose12.LENGTH * i, Pose12.LENGTH);
      }
      return values;
    }

    private void times(int frames) throws IOException {
      TypedArrayBuilder times = new TypedArrayBuilder(ElementType.INT64, frames);
      for (SourceSample row : rows) {
        List<Long> known = row.actor().trajectory().timesNs();
        for (int i = 0; i < frames; i++) {
          times.add(known.isEmpty() ? 0L : i < known.size() ? known.get(i) : -1L);
        }
      }
      array("vin.trajectory.time_ns", times.build(rows.size()));
    }

    private interface Table {
      Optional<BoxTable> of(SourceSample row);
    }

    /**
     * With two slices the boxes are in the earlier one in odd rows, under a padded slice, and in
     * the later one in even rows, over a stale box.
     */
    private void boxes(String block, Table table, int slices) throws IOException {
      int perSlice = BOX_PADDING;
      for (SourceSample row : rows) {
        perSlice =
            Math.max(
                perSlice, BOX_PADDING + table.of(row).map(each -> each.boxes().size()).orElse(0));
      }
      List<byte[]> names = new ArrayList<>();
      List<float[]> values = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        Optional<BoxTable> found = table.of(rows.get(i));
        names.add(names(found.filter(any -> !any.classNames().isEmpty())));
        values.add(
            found.isEmpty()
                ? new float[slices * perSlice * OrientedBox.LENGTH]
                : slices(found.get(), slices, perSlice, i));
      }
      List<float[]> inOrder = values;
      floats(block, row -> inOrder.get(rows.indexOf(row)), slices, perSlice, OrientedBox.LENGTH);
      records(block.replace("obbs", "obb_sem_id_to_name"), names);
    }

    private static float[] slices(BoxTable table, int slices, int perSlice, int row) {
      float[] values = filled(slices * perSlice * OrientedBox.LENGTH, -1f);
      int slice = slices == 2 && row % 2 == 0 ? 1 : 0;
      if (slice == 1) {
        Arrays.fill(values, 0, OrientedBox.LENGTH, 7f);
      }
      int start = slice * perSlice;
      for (int i = 0; i < table.boxes().size(); i++) {
        System.arraycopy(
            table.boxes().get(i).toFloats(),
            0,
            values,
            OrientedBox.LENGTH * (start + i),
            OrientedBox.LENGTH);
      }
      int padding = OrientedBox.LENGTH * (start + table.boxes().size());
      Arrays.fill(values, padding, padding + OrientedBox.LENGTH, Float.NaN);
      Arrays.fill(values, padding + OrientedBox.LENGTH, padding + 2 * OrientedBox.LENGTH, 0f);
      return values;
    }

    private static byte[] names(Optional<BoxTable> table) throws IOException {
      try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
        if (table.isEmpty()) {
          packer.packNil();
        } else {
          packer.packMapHeader(table.get().classNames().size());
          for (Map.Entry<Integer, String> name : table.get().classNames().entrySet()) {
            packer.packInt(name.getKey()).packString(name.getValue());
          }
        }
        return packer.toByteArray();
      }
    }

    private void records(String block, List<byte[]> records) throws IOException {
      String stem = block.replace(".", "__");
      long[] offsets = new long[records.size() + 1];
      ByteBuffer blob = ByteBuffer.allocate(records.stream().mapToInt(each -> each.length).sum());
      for (int i = 0; i < records.size(); i++) {
        blob.put(records.get(i));
        offsets[i + 1] = blob.position();
      }
      Files.write(directory.resolve(stem + ".msgpack"), blob.array());
      Files.write(directory.resolve(stem + ".offsets.npy"), npy(offsets));
      describe(
          block,
          "msgpack_indexed_records",
          List.of(stem + ".msgpack", stem + ".offsets.npy"),
          null,
          List.of(rows.size()));
    }

    private void floats(String block, Values values, int... rowShape) throws IOException {
      TypedArrayBuilder elements = new TypedArrayBuilder(ElementType.FLOAT32, rowShape);
      for (SourceSample row : rows) {
        for (float value : values.of(row)) {
          elements.add((double) value);
        }
      }
      array(block, elements.build(rows.size()));
    }

    private interface Whole {
      long of(SourceSample row);
    }

    private void longs(String block, Whole value, int... rowShape) throws IOException {
      TypedArrayBuilder elements = new TypedArrayBuilder(ElementType.INT64, rowShape);
      rows.forEach(row -> elements.add(value.of(row)));
      array(block, elements.build(rows.size()));
    }

    private void array(String block, TypedArray elements) throws IOException {
      String path = block.replace('.', '/');
      arrays.array(path, elements);
      describe(
          block,
          "zarr_array",
          List.of(path),
          elements.type().zarrName(),
          List.copyOf(elements.shape()));
    }

    private void describe(
        String block, String kind, List<String> paths, String type, List<Integer> shape) {
      Map<String, Object> descriptor = new LinkedHashMap<>();
      descriptor.put("name", block);
      descriptor.put("kind", kind);
      descriptor.put("paths", paths);
      descriptor.put("dtype", type);
      descriptor.put("shape", shape);
      descriptor.put("optional", type == null);
      blocks.put(block, descriptor);
    }
  }
}
