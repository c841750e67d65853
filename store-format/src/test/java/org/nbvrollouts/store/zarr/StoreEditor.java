package org.nbvrollouts.store.zarr;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.QhView;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;

/**
 * Changes a store in memory, for tests of what reads it. Consolidated metadata is dropped first, so
 * that each node's own document counts.
 */
public final class StoreEditor {
  private static final Map<String, Object> ZSTD =
      Map.of("name", "zstd", "configuration", Map.of("level", 0L, "checksum", false));
  private static final Map<String, Object> BYTES =
      Map.of("name", "bytes", "configuration", Map.of("endian", "little"));

  private final MemoryStoreFiles files;

  public StoreEditor(MemoryStoreFiles files) {
    this.files = files;
    edit("zarr.json", root -> root.remove("consolidated_metadata"));
  }

  /** The files as they are now. */
  public StoreFiles files() {
    return files;
  }

  private void edit(String path, Consumer<Map<String, Object>> change) {
    Map<String, Object> json =
        new LinkedHashMap<>(asMap(JsonParser.parseWithNonFinite(files.read(path).get(), path)));
    change.accept(json);
    files.replace(path, CanonicalJson.prettyWithNonFinite(json).getBytes(StandardCharsets.UTF_8));
  }

  @SuppressWarnings("unchecked") // Objects of the parser have text keys.
  private static Map<String, Object> asMap(Object json) {
    return (Map<String, Object>) json;
  }

  /** Sets a root attribute, or removes it for {@code null}. */
  public StoreEditor root(String name, Object value) {
    return attribute("zarr.json", name, value);
  }

  /** Sets an attribute of a group. */
  public StoreEditor group(String group, String name, Object value) {
    return attribute(group + "/zarr.json", name, value);
  }

  private StoreEditor attribute(String file, String name, Object value) {
    edit(
        file,
        node -> {
          Map<String, Object> attributes = new LinkedHashMap<>(asMap(node.get("attributes")));
          if (value == null) {
            attributes.remove(name);
          } else {
            attributes.put(name, value);
          }
          node.put("attributes", attributes);
        });
    return this;
  }

  /** Changes the manifest without touching its hash. */
  public StoreEditor manifest(Consumer<Map<String, Object>> change) {
    edit("manifest.json", change);
    return this;
  }

  /** Makes the hash attribute fit the manifest. */
  public StoreEditor rehash() {
    Object manifest = JsonParser.parseWithNonFinite(files.read("manifest.json").get(), "manifest");
    return root("manifest_sha256", CanonicalJson.manifestSha256(manifest));
  }

  public StoreEditor remove(String path) {
    files.remove(path);
    return this;
  }

  public StoreEditor content(String path, String text) {
    files.replace(path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public TypedArray array(String path) {
    return RolloutZarrStoreReader.open(files).array(path);
  }

  /** Replaces an array by another, one row per chunk as the reference stores its tables. */
  public StoreEditor replace(String path, TypedArray elements) {
    List<Long> shape = elements.shape().stream().map(Integer::longValue).toList();
    List<Long> chunk = new java.util.ArrayList<>();
    for (int axis = 0; axis < shape.size(); axis++) {
      chunk.add(axis == 0 ? 1L : Math.max(1, shape.get(axis)));
    }
    if (path.startsWith("dictionaries/")) {
      chunk.set(0, 1024L);
    }
    ArrayDocument document = ArrayDocument.of(shape, elements.type(), chunk, List.of(BYTES, ZSTD));
    files.remove(path);
    files.replace(
        path + "/zarr.json",
        CanonicalJson.pretty(document.toJson()).getBytes(StandardCharsets.UTF_8));
    LibraryWriter.writeChunks(files, path, document, elements);
    return this;
  }

  /** Sets one element, counted in C order. */
  public StoreEditor set(String path, int index, double value) {
    TypedArray old = array(path);
    TypedArrayBuilder changed = new TypedArrayBuilder(old.type(), rowShape(old));
    for (int i = 0; i < old.size(); i++) {
      if (i == index) {
        changed.add(value);
      } else {
        copy(old, i, changed);
      }
    }
    return replace(path, changed.build(old.rows()));
  }

  private static int[] rowShape(TypedArray array) {
    return array.shape().stream().skip(1).mapToInt(Integer::intValue).toArray();
  }

  private static void copy(TypedArray from, int index, TypedArrayBuilder to) {
    if (from.type().isFloat()) {
      to.add(from.doubleAt(index));
    } else {
      to.add(from.longAt(index));
    }
  }

  /** The same elements with another type. */
  public StoreEditor retype(String path, ElementType type) {
    TypedArray old = array(path);
    TypedArrayBuilder changed = new TypedArrayBuilder(type, rowShape(old));
    for (int i = 0; i < old.size(); i++) {
      copy(old, i, changed);
    }
    return replace(path, changed.build(old.rows()));
  }

  /** The elements of an array, repeated or cut to another shape. */
  public StoreEditor reshape(String path, int rows, int... rowShape) {
    TypedArray old = array(path);
    TypedArrayBuilder changed = new TypedArrayBuilder(old.type(), rowShape);
    int size = rows;
    for (int length : rowShape) {
      size *= length;
    }
    for (int i = 0; i < size; i++) {
      if (old.size() == 0) {
        changed.add(0L);
      } else {
        copy(old, i % old.size(), changed);
      }
    }
    return replace(path, changed.build(rows));
  }

  /** Replaces a string array. */
  public StoreEditor strings(String path, List<String> entries) {
    return replace(path, TypedArray.ofStrings(entries));
  }

  /** Derives {@code q_h} again from the changed tables. */
  public StoreEditor rederive() {
    RolloutZarrStoreReader store = RolloutZarrStoreReader.open(files);
    double gamma = ((Number) store.rootAttributes().get("discount_gamma")).doubleValue();
    QhView.derive(store::array, gamma).forEach((name, array) -> replace("q_h/" + name, array));
    return this;
  }
}
