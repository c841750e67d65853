package org.nbvrollouts.store.source.vin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.source.SampleIdentity;

/**
 * What a VIN offline store holds, from manifest, index and splits; no array is read.
 *
 * @param manifest version, hash, counts, shards
 * @param rows rows of the index
 * @param splits rows per split file
 * @param scenes by scene id
 * @param blocks by logical name
 * @param warnings what deserves a look
 */
public record VinStoreDescription(
    VinManifest manifest,
    long rows,
    SortedMap<String, Integer> splits,
    List<SceneRow> scenes,
    List<BlockRow> blocks,
    List<String> warnings) {
  private static final Set<String> ACTOR_BLOCKS =
      Set.of(
          "vin.points_world",
          "vin.lengths",
          "vin.t_world_rig",
          "vin.t_world_snippet",
          "vin.trajectory.time_ns",
          "vin.trajectory.gravity_in_world",
          "oracle.reference_pose_world_rig",
          "detected.obbs",
          "detected.obb_sem_id_to_name",
          "backbone.t_world_voxel",
          "backbone.voxel_extent",
          "backbone.counts",
          "backbone.occ_pr");
  private static final Set<String> ORACLE_BLOCKS = Set.of("gt.obbs", "gt.obb_sem_id_to_name");

  public VinStoreDescription {
    scenes = List.copyOf(scenes);
    blocks = List.copyOf(blocks);
    warnings = List.copyOf(warnings);
  }

  /**
   * One scene.
   *
   * @param splits rows per split
   */
  public record SceneRow(String sceneId, SortedMap<String, Integer> splits) {}

  /**
   * One block over all shards.
   *
   * @param kind {@code zarr_array} or {@code msgpack_indexed_records}
   * @param type element type, or {@code msgpack}
   * @param rowShape shape of a row in the first shard that has the block
   * @param shards number of shards that have it (rule S-4)
   * @param use {@code actor}, {@code oracle}, or {@code not read}
   */
  public record BlockRow(
      String name, String kind, String type, List<Long> rowShape, long shards, String use) {}

  /**
   * Describes a store.
   *
   * @throws org.nbvrollouts.store.error.RefusedInputException if it cannot be opened
   */
  public static VinStoreDescription describe(Path directory) {
    VinStoreReader reader =
        VinStoreReader.open(directory, VinStoreReader.RepeatedSnippets.REPORTED);
    return new VinStoreDescription(
        reader.manifest(),
        reader.identities().size(),
        reader.splits(),
        scenes(reader.identities()),
        blocks(reader.manifest()),
        reader.warnings());
  }

  private static List<SceneRow> scenes(List<SampleIdentity> identities) {
    SortedMap<String, SortedMap<String, Integer>> rows = new TreeMap<>();
    identities.forEach(
        identity ->
            rows.computeIfAbsent(identity.sceneId(), scene -> new TreeMap<>())
                .merge(identity.split(), 1, Integer::sum));
    List<SceneRow> scenes = new ArrayList<>();
    rows.forEach((scene, splits) -> scenes.add(new SceneRow(scene, splits)));
    return scenes;
  }

  private static List<BlockRow> blocks(VinManifest manifest) {
    List<BlockRow> rows = new ArrayList<>();
    for (String name : manifest.blockNames()) {
      VinBlock first =
          manifest.shards().stream()
              .filter(shard -> shard.blocks().containsKey(name))
              .findFirst()
              .orElseThrow()
              .blocks()
              .get(name);
      rows.add(
          new BlockRow(
              name,
              first.kind().text(),
              first.type().map(type -> type.zarrName()).orElse("msgpack"),
              first.shape().subList(1, first.shape().size()),
              manifest.shardsWith(name),
              use(name)));
    }
    return rows;
  }

  private static String use(String block) {
    if (ORACLE_BLOCKS.contains(block)) {
      return "oracle";
    }
    return ACTOR_BLOCKS.contains(block) ? "actor" : "not read";
  }
}
