package org.nbvrollouts.jobs.origin;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifestParser;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * A store and what it was made from. The manifest of a store carries the campaign file and the
 * shard entry, so a store can be traced without its campaign folder; the source is looked for where
 * the entry says. Everything found is compared with the hashes in the store (specification store 7,
 * campaign 4.2), and what differs is refused. For one thread at a time.
 *
 * <pre>{@code
 * try (StoreOrigin store = StoreOrigin.open(StorePlaces.store(folder), Overrides.NONE)) {
 *   StoredChain chain = store.chain(store.rowOf("00000001-target-00-oracle_greedy-000000"));
 *   ChainOrigin origin = store.origin(chain);
 * }
 * }</pre>
 */
public final class StoreOrigin implements AutoCloseable {
  private final RolloutZarrStoreReader reader;
  private final StoredChains chains;
  private final CampaignConfig config;
  private final RolloutShardEntry entry;
  private final Overrides overrides;
  private ChainOrigins origins;

  /**
   * Where to look instead of where the store says.
   *
   * @param config campaign file; it must still be the configuration that the store was made with
   * @param source folder of the source, if it moved
   */
  public record Overrides(Optional<Path> config, Optional<Path> source) {
    /** Look where the store says. */
    public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty());
  }

  private StoreOrigin(RolloutZarrStoreReader reader, Overrides overrides) {
    this.reader = reader;
    this.overrides = overrides;
    this.chains = new StoredChains(reader);
    Map<?, ?> generation = object(object(reader.manifest(), "manifest"), "generation");
    this.entry = entry(object(generation, "shard"));
    this.config = config(object(generation, "invocation"));
  }

  /**
   * Opens a store; see {@link StorePlaces} for where one lies.
   *
   * @throws RefusedInputException if the store does not say what it was made from, or the campaign
   *     file is not the one it was made with
   */
  public static StoreOrigin open(Path store, Overrides overrides) {
    return open(RolloutZarrStoreReader.open(store), overrides);
  }

  /** As {@link #open(Path, Overrides)}, wherever the store lies; the reader is closed with it. */
  public static StoreOrigin open(RolloutZarrStoreReader store, Overrides overrides) {
    return new StoreOrigin(store, overrides);
  }

  public RolloutZarrStoreReader reader() {
    return reader;
  }

  /** The campaign file that the store was made with. */
  public CampaignConfig config() {
    return config;
  }

  /** Text ids in row order. */
  public List<String> rolloutIds() {
    return chains.ids();
  }

  /**
   * Row of a rollout by its text id or its row number.
   *
   * @throws RefusedInputException if there is none, naming some that are there
   */
  public int rowOf(String rollout) {
    return chains.rowOf(rollout);
  }

  /** The rollout of a row, 0 to one less than there are. */
  public StoredChain chain(int row) {
    return chains.chain(row);
  }

  /**
   * What a rollout of this store was made from. Source and mesh stay loaded for further rollouts of
   * the same row and scene.
   *
   * @throws RefusedInputException if source, row, mesh, configuration or target are not those that
   *     the store names
   */
  public ChainOrigin origin(StoredChain chain) {
    if (origins == null) {
      origins = ChainOrigins.open(config, entry, source(), reader.location());
    }
    return origins.of(chain);
  }

  @Override
  public void close() {
    reader.close();
  }

  private Path source() {
    return overrides.source().orElseGet(() -> Path.of(entry.sourceStoreDir()));
  }

  private RolloutShardEntry entry(Map<?, ?> shard) {
    byte[] line = CanonicalJson.line(shard).getBytes(StandardCharsets.UTF_8);
    return ShardManifestParser.parse(line, manifestFile()).entries().get(0);
  }

  private CampaignConfig config(Map<?, ?> invocation) {
    CampaignConfig found =
        overrides
            .config()
            .map(file -> CampaignConfig.load(file, file.toAbsolutePath().getParent()))
            .orElseGet(() -> stored(invocation));
    Mismatch.refuse(
        "configuration",
        entry.writerConfigHash(),
        found.hashes().writer(),
        "store=" + reader.location() + ", file=" + found.text().file());
    return found;
  }

  private CampaignConfig stored(Map<?, ?> invocation) {
    if (!(invocation.get("raw_toml_text") instanceof String toml)) {
      throw new RefusedInputException(
          "Cannot trace store: it does not carry its campaign file (file="
              + manifestFile()
              + "). Name it with --config");
    }
    return CampaignConfig.parse(new CampaignConfig.Text(manifestFile(), toml));
  }

  private Map<?, ?> object(Map<?, ?> parent, String key) {
    if (parent.get(key) instanceof Map<?, ?> child) {
      return child;
    }
    throw new RefusedInputException(
        "Cannot trace store: it does not say what it was made from (missing="
            + key
            + ", file="
            + manifestFile()
            + ")");
  }

  private String manifestFile() {
    return reader.location() + "/" + StoreSchema.ROLLOUT_MANIFEST_FILENAME;
  }
}
