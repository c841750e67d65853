package org.nbvrollouts.store.source.vin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.LocalPaths;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SceneLeakage;
import org.nbvrollouts.store.source.SceneSplit;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.source.rollout.RolloutSourceWriter;
import org.nbvrollouts.store.source.rollout.SourceProvenance;

/**
 * Joins a VIN offline store with a rollout source v1 that has what the store lacks, into a new
 * rollout source v1 (specification source 2 to 6). The output appears in one step; anything
 * malformed on either side, and anything on which they disagree, writes nothing.
 */
public final class VinImporter {
  private static final String ORIGIN = "vin-offline-store";

  private final Path storeFolder;
  private final Path sourceFolder;
  private final VinImportOptions options;

  /**
   * @param storeFolder the VIN offline store
   * @param sourceFolder the rollout source v1
   */
  public VinImporter(Path storeFolder, Path sourceFolder, VinImportOptions options) {
    this.storeFolder = storeFolder;
    this.sourceFolder = sourceFolder;
    this.options = options;
  }

  /**
   * What an import did.
   *
   * @param sourceManifestHash hash of the written source
   * @param version version of the store
   * @param vinManifestHash hash of its manifest
   * @param splitPolicy how rows got their split
   * @param splits joined rows per split
   * @param storeOnly keys of rows of the store that were left out, by reason
   * @param sourceOnly keys of rows of the source that were left out
   * @param tally where fields come from
   * @param warnings what deserves a look, with scenes in more than one split
   */
  public record Result(
      String sourceManifestHash,
      long version,
      String vinManifestHash,
      String splitPolicy,
      SortedMap<String, Integer> splits,
      Map<UnjoinedReason, List<String>> storeOnly,
      List<String> sourceOnly,
      JoinTally tally,
      List<String> warnings) {
    public Result {
      sourceOnly = List.copyOf(sourceOnly);
      warnings = List.copyOf(warnings);
    }

    /** Joined rows. */
    public int rows() {
      return splits.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * Joins the two.
   *
   * @param output absent or empty folder outside of both
   * @throws RefusedInputException listing every problem, one per line; then nothing was written
   */
  public Result write(Path output) {
    refuseInside(output, storeFolder);
    refuseInside(output, sourceFolder);
    RolloutSourceWriter.refuseUnlessFree(output);
    VinStoreReader store = VinStoreReader.open(storeFolder, options.repeatedSnippets());
    refuseInterrupted(store.manifest());
    RolloutSourceReader source = RolloutSourceReader.open(sourceFolder);
    InputProblems problems = new InputProblems();
    VinMatch match = VinMatch.of(store.identities(), source.identities(), problems);
    problems.refuseIfAny();
    refuseNothing(match, store, source);
    List<SampleIdentity> identities = identities(match);
    JoinTally tally = tally(match, identities, store, source);
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(output, provenance(match, tally, store, source))) {
      writeRows(match, identities, store, source, writer);
      String hash = writer.finish();
      return result(hash, match, identities, tally, store);
    }
  }

  /** Sources are never written into (rule S-13). */
  private static void refuseInside(Path output, Path input) {
    try {
      if (LocalPaths.isWithin(output, input)) {
        throw new RefusedInputException(
            "Cannot write source: the place lies in an input (output=%s, input=%s)"
                .formatted(output, input));
      }
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot use output folder: " + StorageReason.of(failed) + " (output=" + output + ")",
          failed);
    }
  }

  private void refuseInterrupted(VinManifest manifest) {
    if (manifest.stats().interrupted()
        && options.interrupted() == VinImportOptions.Interrupted.REFUSED) {
      throw new RefusedInputException(
          "Cannot import VIN store: its writing run was interrupted, so it is a part (store="
              + storeFolder
              + "). Say --allow-interrupted to import the part");
    }
  }

  private void refuseNothing(VinMatch match, VinStoreReader store, RolloutSourceReader source) {
    if (match.pairs().isEmpty()) {
      throw new RefusedInputException(
          "Cannot import VIN store: no sample key is on both sides (store_rows=%d, source_rows=%d, store=%s, source=%s)"
              .formatted(
                  store.identities().size(),
                  source.identities().size(),
                  storeFolder,
                  sourceFolder));
    }
  }

  /** Identities of the joined rows: numbered anew from 0, the rest as in the store. */
  private List<SampleIdentity> identities(VinMatch match) {
    Map<String, String> splitOfScene = splitOfScene(match);
    List<SampleIdentity> identities = new ArrayList<>();
    for (VinMatch.Pair pair : match.pairs()) {
      SampleIdentity row = pair.store();
      identities.add(
          new SampleIdentity(
              identities.size(),
              row.sampleKey(),
              row.sceneId(),
              row.snippetId(),
              splitOfScene.getOrDefault(row.sceneId(), row.split()),
              row.sourceShardId(),
              row.sourceShardRow()));
    }
    return identities;
  }

  private Map<String, String> splitOfScene(VinMatch match) {
    if (!(options.splits() instanceof VinImportOptions.Splits.ByScene byScene)) {
      return Map.of();
    }
    List<String> scenes = match.pairs().stream().map(pair -> pair.store().sceneId()).toList();
    try {
      return SceneSplit.assign(scenes, byScene.valScenes(), byScene.testScenes());
    } catch (IllegalArgumentException broken) {
      throw new RefusedInputException(broken.getMessage(), broken);
    }
  }

  /** Joins every row once without keeping any, so that every problem is told before writing. */
  private static JoinTally tally(
      VinMatch match,
      List<SampleIdentity> identities,
      VinStoreReader store,
      RolloutSourceReader source) {
    InputProblems problems = new InputProblems();
    JoinTally tally = new JoinTally();
    VinJoin join = new VinJoin(tally);
    for (int i = 0; i < identities.size(); i++) {
      try {
        joined(join, match.pairs().get(i), identities.get(i), store, source);
      } catch (RefusedInputException refused) {
        problems.addAll(refused);
      }
    }
    problems.refuseIfAny();
    return tally;
  }

  private static SourceSample joined(
      VinJoin join,
      VinMatch.Pair pair,
      SampleIdentity identity,
      VinStoreReader store,
      RolloutSourceReader source) {
    VinSample vin = store.load(pair.store());
    SourceSample raw = source.load(pair.source().sampleIndex());
    try {
      return join.join(identity, vin, raw);
    } catch (IllegalArgumentException apart) {
      throw new RefusedInputException(
          apart.getMessage() + " (sample_key=" + identity.sampleKey() + ")", apart);
    }
  }

  private static void writeRows(
      VinMatch match,
      List<SampleIdentity> identities,
      VinStoreReader store,
      RolloutSourceReader source,
      RolloutSourceWriter writer) {
    VinJoin join = new VinJoin(new JoinTally());
    Set<String> meshes = new HashSet<>();
    for (int i = 0; i < identities.size(); i++) {
      SourceSample row = joined(join, match.pairs().get(i), identities.get(i), store, source);
      if (meshes.add(row.oracle().mesh().sha256())) {
        writer.copyMesh(source.meshFile(row.oracle().mesh().sha256()));
      }
      writer.addSample(row);
    }
  }

  private String splitPolicy(VinStoreReader store) {
    return options.splits() instanceof VinImportOptions.Splits.ByScene
        ? SceneSplit.POLICY
        : store.manifest().splitPolicy();
  }

  private SourceProvenance provenance(
      VinMatch match, JoinTally tally, VinStoreReader store, RolloutSourceReader source) {
    Map<String, String> facts = new TreeMap<>(source.manifest().provenance().facts());
    facts.put("vin.version", Long.toString(store.manifest().version()));
    facts.put("vin.source_manifest_hash", store.sourceManifestHash());
    facts.put("vin.split_policy", store.manifest().splitPolicy());
    facts.put(
        SourceProvenance.VIN_INTERRUPTED, Boolean.toString(store.manifest().stats().interrupted()));
    facts.put("base.origin", source.manifest().provenance().origin());
    facts.put("base.source_manifest_hash", source.sourceManifestHash());
    facts.put("base.split_policy", source.manifest().provenance().splitPolicy());
    facts.put("join.rows", Integer.toString(match.pairs().size()));
    facts.put("join.source_only", Integer.toString(match.sourceOnly().size()));
    for (UnjoinedReason reason : UnjoinedReason.values()) {
      int count = match.storeOnly().getOrDefault(reason, List.of()).size();
      facts.put("join.store_only." + reason.key(), Integer.toString(count));
    }
    tally
        .counts()
        .forEach(
            (field, origins) ->
                origins.forEach(
                    (origin, rows) ->
                        facts.put(
                            "join.from." + field.key() + "." + origin.key(),
                            Integer.toString(rows))));
    return new SourceProvenance(ORIGIN, splitPolicy(store), facts);
  }

  private Result result(
      String hash,
      VinMatch match,
      List<SampleIdentity> identities,
      JoinTally tally,
      VinStoreReader store) {
    SortedMap<String, Integer> splits = new TreeMap<>();
    identities.forEach(row -> splits.merge(row.split(), 1, Integer::sum));
    List<String> warnings = new ArrayList<>(store.factWarnings());
    SceneLeakage.warning(identities).ifPresent(warnings::add);
    return new Result(
        hash,
        store.manifest().version(),
        store.sourceManifestHash(),
        splitPolicy(store),
        splits,
        match.storeOnly(),
        match.sourceOnly(),
        tally,
        warnings);
  }
}
