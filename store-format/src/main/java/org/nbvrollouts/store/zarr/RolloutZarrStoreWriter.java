package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.ArrayRows;
import org.nbvrollouts.store.table.RolloutTables;

/**
 * Writes rollout stores (specification store 2 to 4 and 7). The bytes depend on records, options
 * and context alone: not on host, path, thread or run.
 *
 * <pre>{@code
 * var result = new RolloutZarrStoreWriter(config).write(directory, records, context);
 * }</pre>
 *
 * <p>Nothing is forced to disk and nothing is renamed: a caller that needs either writes to a
 * private directory and publishes that. Thread-safe.
 */
public final class RolloutZarrStoreWriter {
  private static final String SCRATCH_NAME = "." + StoreLayout.ARCHIVE_NAME + ".tmp";

  private final RolloutZarrStoreConfig config;

  public RolloutZarrStoreWriter(RolloutZarrStoreConfig config) {
    this.config = config;
  }

  /**
   * Writes a store with these records in this order; an empty list gives an empty store.
   *
   * @param directory must not exist; its parents are created. After a failure it may hold a part
   * @throws RefusedInputException if the directory exists
   * @throws org.nbvrollouts.store.error.InvalidContentException if a record breaks a rule
   * @throws EnvironmentException if the storage fails
   */
  public RolloutZarrWriteResult write(
      Path directory, List<RolloutZarrRecord> records, RolloutStoreManifestContext context) {
    return write(directory, StoreLayout.DIRECTORY, records, context);
  }

  /** As {@link #write(Path, List, RolloutStoreManifestContext)}, in a layout of choice. */
  public RolloutZarrWriteResult write(
      Path directory,
      StoreLayout layout,
      List<RolloutZarrRecord> records,
      RolloutStoreManifestContext context) {
    RolloutTables tables = RolloutTables.of(records, config, context);
    createDirectory(directory);
    String manifestSha256 =
        switch (layout) {
          case DIRECTORY -> write(new LocalStoreFiles(directory), tables);
          case PACKED -> writePacked(directory, tables);
        };
    return new RolloutZarrWriteResult(
        directory,
        tables.counts().rollouts(),
        tables.counts().steps(),
        tables.counts().candidates(),
        directory.resolve(StoreSchema.ROLLOUT_MANIFEST_FILENAME),
        manifestSha256);
  }

  private static String writePacked(Path directory, RolloutTables tables) {
    try (PackedStoreFiles files = PackedStoreFiles.create(directory.resolve(SCRATCH_NAME))) {
      final String manifestSha256 = write(files, tables);
      files.writeArchive(directory.resolve(StoreLayout.ARCHIVE_NAME));
      String manifest = StoreSchema.ROLLOUT_MANIFEST_FILENAME;
      new LocalStoreFiles(directory)
          .write(manifest, ByteBuffer.wrap(files.read(manifest).orElseThrow()));
      return manifestSha256;
    }
  }

  private static void createDirectory(Path directory) {
    try {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      throw new RefusedInputException(
          "Cannot write store: something stands there already (directory=" + directory + ")", e);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write store: %s (directory=%s)".formatted(StorageReason.of(e), directory), e);
    }
  }

  /**
   * Writes tables into an empty place; the manifest comes last. Returns its hash.
   *
   * @param files where the store goes
   */
  public static String write(StoreFiles files, RolloutTables tables) {
    byte[] manifest = CanonicalJson.pretty(tables.manifest()).getBytes(StandardCharsets.US_ASCII);
    String manifestSha256 = CanonicalJson.sha256Hex(manifest);
    Map<String, ArrayDocument> arrays = new LinkedHashMap<>();
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      arrays.put(
          spec.path(), ChunkPlan.plan(spec, tables.arrays().get(spec.path()), tables.config()));
    }
    Map<String, Object> documents = new TreeMap<>();
    for (String group : StoreSchema.current().groups()) {
      documents.put(group, groupDocument(tables.groupAttributes(group)));
    }
    arrays.forEach((path, document) -> documents.put(path, document.toJson()));
    writeJson(files, ArrayDocument.FILE_NAME, root(tables, manifestSha256, documents));
    documents.forEach(
        (path, document) -> writeJson(files, path + "/" + ArrayDocument.FILE_NAME, document));
    for (Map.Entry<String, ArrayDocument> array : arrays.entrySet()) {
      ArrayRows elements = tables.arrays().get(array.getKey());
      ZarrArrays.writeChunks(files, array.getKey(), array.getValue(), elements);
    }
    files.write(StoreSchema.ROLLOUT_MANIFEST_FILENAME, ByteBuffer.wrap(manifest));
    return manifestSha256;
  }

  private static Map<String, Object> root(
      RolloutTables tables, String manifestSha256, Map<String, Object> documents) {
    Map<String, Object> attributes = new TreeMap<>(tables.rootAttributes());
    attributes.put("manifest_sha256", manifestSha256);
    Map<String, Object> consolidated = new TreeMap<>();
    consolidated.put("kind", "inline");
    consolidated.put("must_understand", false);
    consolidated.put("metadata", documents);
    Map<String, Object> root = new TreeMap<>(groupDocument(attributes));
    root.put(StoreNodes.CONSOLIDATED, consolidated);
    return root;
  }

  private static Map<String, Object> groupDocument(Map<String, Object> attributes) {
    Map<String, Object> document = new TreeMap<>();
    document.put("attributes", attributes);
    document.put("zarr_format", 3);
    document.put("node_type", "group");
    return document;
  }

  private static void writeJson(StoreFiles files, String path, Object json) {
    byte[] text = CanonicalJson.pretty(json).getBytes(StandardCharsets.US_ASCII);
    files.write(path, ByteBuffer.wrap(text));
  }
}
