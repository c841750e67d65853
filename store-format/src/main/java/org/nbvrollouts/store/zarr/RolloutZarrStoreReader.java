package org.nbvrollouts.store.zarr;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.QhView;
import org.nbvrollouts.store.table.TypedArray;

/**
 * Reads a rollout store (specification store 9.1), written by {@link RolloutZarrStoreWriter} or
 * elsewhere: with any regular chunking, absent chunks and without consolidated metadata. Opening
 * does not validate. A missing array or unreadable content is an {@link InvalidContentException}
 * naming the path; failures of the storage are {@link
 * org.nbvrollouts.store.error.EnvironmentException}. Thread-safe.
 *
 * <p>Rows are joined by id columns, not by position: {@code source_row_id} is not dense.
 */
public final class RolloutZarrStoreReader implements AutoCloseable {
  private static final String VIEW = "q_h";
  private static final String SCHEMA_VERSION = "schema_version";
  private static final long BLOCK_BYTES = 64L << 20;
  private static final long PAGE_BYTES = 4L << 20;

  private final StoreFiles files;
  private final StoreNodes nodes;
  private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
  private final Map<String, ArrayDocument> documents = new ConcurrentHashMap<>();
  private final Map<String, ShardReader> shards = new ConcurrentHashMap<>();
  private final DecodedArrays decoded;
  private final Map<String, RowPositions> positions = new ConcurrentHashMap<>();

  private RolloutZarrStoreReader(StoreFiles files, long rememberedBytes) {
    this.files = files;
    this.nodes = new StoreNodes(files);
    this.decoded = new DecodedArrays(rememberedBytes);
  }

  /**
   * Opens a store on a local disk: its folder in either layout, or the archive of a packed one.
   *
   * @throws InvalidContentException if no store is there
   */
  public static RolloutZarrStoreReader open(Path place) {
    return open(StoreLayout.filesAt(place));
  }

  /** Opens a store wherever its files are. */
  public static RolloutZarrStoreReader open(StoreFiles files) {
    return new RolloutZarrStoreReader(files, 0);
  }

  /**
   * Opens a store that is read more than once: decoded arrays stay in memory until they reach a
   * number of bytes, and every further one is decoded whenever it is asked for.
   *
   * @param rememberedBytes most that decoded arrays occupy after they were returned
   */
  public static RolloutZarrStoreReader openRemembering(StoreFiles files, long rememberedBytes) {
    return new RolloutZarrStoreReader(files, rememberedBytes);
  }

  /** Where the store lies, for messages. */
  public String location() {
    return files.location();
  }

  public Map<String, Object> rootAttributes() {
    return nodes.attributes("");
  }

  /** Attributes of a group, empty if it has none or is missing. */
  public Map<String, Object> groupAttributes(String group) {
    return nodes.attributes(group);
  }

  public boolean hasGroup(String group) {
    return nodes.hasGroup(group);
  }

  /** True if there is an array document, readable or not. */
  public boolean hasArray(String path) {
    return nodes.hasArray(path);
  }

  /** Slash paths of all arrays, sorted. */
  public List<String> arrayPaths() {
    return nodes.arrays();
  }

  /** Slash paths of the arrays in one group, sorted. */
  public List<String> arrayPaths(String group) {
    return nodes.arrays(group);
  }

  /** Length of each axis, without reading elements. */
  public List<Long> shape(String path) {
    return document(path).shape();
  }

  /** Length of a chunk, or of a Zarr shard, along each axis, without reading elements. */
  public List<Long> chunkShape(String path) {
    return document(path).chunkShape();
  }

  /** Element type, without reading elements. */
  public ElementType elementType(String path) {
    return document(path).type();
  }

  private ArrayDocument document(String path) {
    return documents.computeIfAbsent(path, this::parseDocument);
  }

  private ArrayDocument parseDocument(String path) {
    return nodes
        .array(path)
        .orElseThrow(
            () ->
                new InvalidContentException(
                    "Cannot read array: there is none (array=%s, store=%s)"
                        .formatted(path, files.location())));
  }

  /** A whole array by slash path, for example {@code candidates/target_rri}. */
  public TypedArray array(String path) {
    ArrayDocument document = document(path);
    return decoded.find(path).orElseGet(() -> decoded.remember(path, decode(path, document)));
  }

  /** Several whole arrays by path, in that order; they are read and decoded on all cores. */
  public Map<String, TypedArray> arrays(Collection<String> paths) {
    List<String> largestFirst = new ArrayList<>(paths);
    largestFirst.sort(Comparator.comparingDouble(path -> -bytes(document(path))));
    Map<String, TypedArray> read = new ConcurrentHashMap<>();
    AllCores.forEach(
        largestFirst.size(), at -> read.put(largestFirst.get(at), array(largestFirst.get(at))));
    Map<String, TypedArray> inOrder = new LinkedHashMap<>();
    paths.forEach(path -> inOrder.put(path, read.get(path)));
    return inOrder;
  }

  private static double bytes(ArrayDocument document) {
    return document.shape().stream()
        .mapToDouble(Long::doubleValue)
        .reduce(document.type().bytes(), (bytes, length) -> bytes * length);
  }

  private TypedArray decode(String path, ArrayDocument document) {
    int rows = document.shape().isEmpty() ? 1 : document.shape().get(0).intValue();
    return decode(path, document, 0, rows);
  }

  private TypedArray decode(String path, ArrayDocument document, int firstRow, int rows) {
    if (ShardReader.reads(document)) {
      return shards
          .computeIfAbsent(path, unread -> new ShardReader(files, path, document))
          .rows(firstRow, rows);
    }
    return PlainReader.reads(document)
        ? PlainReader.rows(files, path, document, firstRow, rows)
        : ZarrArrays.read(files, path, document, firstRow, rows);
  }

  /**
   * Refuses arrays that claim far more than the files of the store can hold (specification store
   * 6.2). Whoever goes through whole arrays of a store that nobody has judged asks first; reading
   * some rows is bounded by itself.
   *
   * @param paths arrays that will be gone through; those without a readable document do not count
   * @throws InvalidContentException if they claim too much
   */
  public void requirePlausibleSize(Collection<String> paths) {
    ClaimedSize.requirePlausible(files, paths, this::readableDocument);
  }

  private Optional<ArrayDocument> readableDocument(String path) {
    try {
      return nodes.hasArray(path) ? Optional.of(document(path)) : Optional.empty();
    } catch (InvalidContentException e) {
      // Whoever reads this array will be told why it cannot be read.
      return Optional.empty();
    }
  }

  /** So many rows of an array that a block of them is small, at most 64 MiB if a row is. */
  public int blockRows(String path) {
    ArrayDocument document = document(path);
    long rowBytes = Math.max(1, document.type().bytes());
    for (long length : document.shape().stream().skip(1).toList()) {
      rowBytes = Math.multiplyExact(rowBytes, Math.max(1, length));
    }
    return (int) Math.max(1, BLOCK_BYTES / rowBytes);
  }

  /**
   * So many rows of an array that a page of them is whole chunks and about 4 MiB, or one chunk if
   * that is larger. Pages that begin at multiples of it are read without decoding a chunk twice.
   */
  public int pageRows(String path) {
    ArrayDocument document = document(path);
    if (document.shape().isEmpty()) {
      return 1;
    }
    long chunkRows = document.chunkRowsInShard().orElse(document.chunkShape().get(0));
    double chunkBytes = (double) document.type().bytes() * chunkRows;
    for (long length : document.shape().stream().skip(1).toList()) {
      chunkBytes *= Math.max(1, length);
    }
    long chunks = Math.max(1, (long) (PAGE_BYTES / chunkBytes));
    return (int) Math.min(Integer.MAX_VALUE, chunks * chunkRows);
  }

  /** Some rows of an array; only the chunks that hold them are read. */
  public TypedArray rows(String path, int firstRow, int rows) {
    ArrayDocument document = document(path);
    long available = document.shape().isEmpty() ? 1 : document.shape().get(0);
    if (firstRow < 0 || rows < 0 || firstRow + (long) rows > available) {
      throw new IllegalArgumentException(
          "Invalid rows: %d to %d (expected within %d, array=%s)"
              .formatted(firstRow, firstRow + (long) rows - 1, available, path));
    }
    if (decoded.hasRoomFor(path, document)) {
      return array(path).rows(firstRow, rows);
    }
    return decode(path, document, firstRow, rows);
  }

  /** All elements of an integer or truth array, in C order. */
  public long[] longs(String path) {
    return array(path).longs();
  }

  /** As {@link #longs}, for values that fit 32 bits. */
  public int[] ints(String path) {
    return array(path).ints();
  }

  /** All elements as float32, in C order; half floats exactly. */
  public float[] floats(String path) {
    return array(path).floats();
  }

  /** All elements as float64, in C order. */
  public double[] doubles(String path) {
    return array(path).doubles();
  }

  /** All elements as truth values, in C order. */
  public boolean[] bools(String path) {
    return array(path).bools();
  }

  /** A decoded string array (specification store 2.4); kept in memory. */
  public List<String> strings(String path) {
    return texts.computeIfAbsent(path, unread -> array(unread).strings(unread));
  }

  /** Entries of a dictionary in index order. */
  public List<String> dictionary(String name) {
    return strings("dictionaries/" + name);
  }

  /**
   * Row with this id in a table that others refer to, such as {@code sources}; empty if there is
   * none. The ids are read once.
   */
  public OptionalInt rowOf(String table, long id) {
    return positions
        .computeIfAbsent(
            table, unread -> RowPositions.of(array(StoreSchema.current().key(unread).path())))
        .of(id);
  }

  /** Bytes of {@code manifest.json}, or empty if it is missing. */
  public Optional<byte[]> manifestBytes() {
    return files.read(StoreSchema.ROLLOUT_MANIFEST_FILENAME);
  }

  /** The parsed {@code manifest.json}, or empty if it is missing. */
  public Optional<Object> manifestDocument() {
    return manifestBytes()
        .map(
            bytes ->
                JsonParser.parseWithNonFinite(
                    bytes, files.location() + "/" + StoreSchema.ROLLOUT_MANIFEST_FILENAME));
  }

  /** {@code root_attrs} and the parsed {@code manifest}; no array is read. */
  public Map<String, Object> manifest() {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("root_attrs", rootAttributes());
    both.put(
        "manifest",
        manifestDocument()
            .orElseThrow(
                () ->
                    new InvalidContentException(
                        "Cannot read manifest: there is none (store=" + files.location() + ")")));
    return both;
  }

  /** Whether the store is of the schema version that this program writes. */
  public boolean hasCurrentSchema() {
    return StoreSchema.ROLLOUT_ZARR_SCHEMA_VERSION.equals(rootAttributes().get(SCHEMA_VERSION));
  }

  /**
   * Refuses a store of another schema version.
   *
   * @param verb what is not possible with such a store
   * @throws InvalidContentException naming the version
   */
  public void requireCurrentSchema(String verb) {
    if (!hasCurrentSchema()) {
      throw new InvalidContentException(
          "Cannot %s store: it is no rollout store of this schema (schema_version=%s, expected=%s, store=%s)"
              .formatted(
                  verb,
                  rootAttributes().get(SCHEMA_VERSION),
                  StoreSchema.ROLLOUT_ZARR_SCHEMA_VERSION,
                  location()));
    }
  }

  /**
   * The seventeen persisted arrays of {@code q_h} by name; derived if the store has no such group.
   */
  public Map<String, TypedArray> qhView() {
    if (!hasGroup(VIEW)) {
      return qhView(
          rootAttributes().get("discount_gamma") instanceof Number gamma
              ? gamma.doubleValue()
              : StoreSchema.DEFAULT_DISCOUNT_GAMMA);
    }
    Map<String, TypedArray> arrays = new LinkedHashMap<>();
    StoreSchema.current().arrays(VIEW).forEach(spec -> arrays.put(spec.name(), array(spec.path())));
    return arrays;
  }

  /** The same arrays derived from the tables with another γ (specification store 5.4). */
  public Map<String, TypedArray> qhView(double gamma) {
    Map<String, TypedArray> read = new HashMap<>();
    return QhView.derive(path -> read.computeIfAbsent(path, this::array), gamma);
  }

  /** Paths of nodes whose consolidated document differs from their own file. */
  public List<String> inconsistentDocuments() {
    return nodes.inconsistentDocuments();
  }

  /** What is wrong with the archive of a packed store, found by reading all of it. */
  public List<String> containerDamage() {
    return files.damage();
  }

  /** Holds no resource of its own; closing twice is harmless. */
  @Override
  public void close() {}
}
