package org.nbvrollouts.store.source.vin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SceneLeakage;

/**
 * Reads a VIN offline store of version 7 or 8 (specification source 2 to 6). Opening reads
 * manifest, index and splits and checks them against each other; a row costs one chunk per block.
 * Folders of shards are never listed. Thread-safe; never writes (rule S-13).
 */
public final class VinStoreReader {
  private final VinFiles files;
  private final VinManifest manifest;
  private final List<SampleIdentity> identities;
  private final SortedMap<String, Integer> splits;
  private final List<String> warnings;
  private final Map<String, VinShard> shards;
  private final Map<String, VinShardReader> opened = new ConcurrentHashMap<>();

  private VinStoreReader(
      VinFiles files,
      VinManifest manifest,
      List<SampleIdentity> identities,
      SortedMap<String, Integer> splits,
      List<String> warnings) {
    this.files = files;
    this.manifest = manifest;
    this.identities = List.copyOf(identities);
    this.splits = splits;
    this.warnings = List.copyOf(warnings);
    this.shards =
        manifest.shards().stream()
            .collect(
                Collectors.toMap(
                    VinShard::shardId, Function.identity(), (first, repeated) -> first));
  }

  /** What to do about repeated (scene, snippet) pairs (rule S-2). */
  public enum RepeatedSnippets {
    /** They are problems. */
    REFUSED,
    /** They are warnings; which row counts is left to the caller. */
    REPORTED
  }

  /** Whether a folder looks like a VIN offline store, so that its problems are those of one. */
  public static boolean isStore(Path directory) {
    return Files.exists(directory.resolve(VinSampleIndexParser.FILE_NAME))
        || Files.isDirectory(directory.resolve("splits"))
        || Files.isDirectory(directory.resolve("shards"));
  }

  /**
   * Opens a store.
   *
   * @throws RefusedInputException listing every problem of version, manifest, index and splits
   *     (rules S-1, S-2 and S-10), one per line
   */
  public static VinStoreReader open(Path directory, RepeatedSnippets repeatedSnippets) {
    InputProblems problems = new InputProblems();
    VinStoreReader reader = open(directory, repeatedSnippets, problems);
    problems.refuseIfAny();
    return reader;
  }

  /** As {@link #open(Path, RepeatedSnippets)}, collecting what would be refused. */
  static VinStoreReader open(
      Path directory, RepeatedSnippets repeatedSnippets, InputProblems problems) {
    VinFiles files = VinFiles.of(directory);
    VinManifest manifest =
        VinManifestParser.parse(
            files.require(VinManifest.FILE_NAME), files.place(VinManifest.FILE_NAME), problems);
    String indexFile = files.place(VinSampleIndexParser.FILE_NAME);
    List<VinIndexLine> lines =
        VinSampleIndexParser.parse(
            files.require(VinSampleIndexParser.FILE_NAME), indexFile, problems);
    List<String> warnings = new ArrayList<>();
    InputProblems repeated = new InputProblems();
    VinIndexCheck check = new VinIndexCheck(indexFile, problems);
    check.checkDuplicates(lines, repeated);
    if (repeatedSnippets == RepeatedSnippets.REFUSED) {
      repeated.lines().forEach(problems::add);
    } else {
      warnings.addAll(repeated.lines());
    }
    check.checkShards(lines, manifest);
    SortedMap<String, Integer> splits = new VinSplits(files, problems).check(lines);
    check.checkStats(lines, manifest, splits);
    List<SampleIdentity> records =
        lines.stream().map(VinIndexLine::identity).flatMap(Optional::stream).toList();
    warnings.addAll(VinWarnings.of(manifest, records, files));
    return new VinStoreReader(files, manifest, records, splits, warnings);
  }

  public VinManifest manifest() {
    return manifest;
  }

  /** First 16 hex digits of the SHA-256 over the bytes of {@code manifest.json}. */
  public String sourceManifestHash() {
    return manifest.sourceManifestHash();
  }

  /** All records in index order. */
  public List<SampleIdentity> identities() {
    return identities;
  }

  /** Rows per split file, by name. */
  public SortedMap<String, Integer> splits() {
    return new TreeMap<>(splits);
  }

  /**
   * What a person should know before using the store, one line each, without scenes in more than
   * one split.
   */
  List<String> factWarnings() {
    return warnings;
  }

  /** What a person should know before using the store, one line each. */
  public List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    SceneLeakage.warning(identities).ifPresent(all::add);
    return all;
  }

  /**
   * Reads one row.
   *
   * @param identity one of {@link #identities()}
   * @throws RefusedInputException naming shard, row, block and rule
   */
  VinSample load(SampleIdentity identity) {
    return VinSampleDecoder.decode(shard(identity.sourceShardId()), identity);
  }

  VinShardReader shard(String shardId) {
    VinShard shard = shards.get(shardId);
    if (shard == null) {
      throw new RefusedInputException(
          "Cannot read VIN store: no such shard (shard=%s, store=%s)"
              .formatted(shardId, files.location()));
    }
    return opened.computeIfAbsent(shardId, id -> VinShardReader.open(files, shard));
  }
}
