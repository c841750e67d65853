package org.nbvrollouts.store.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;

/** Groups and arrays of a store: from consolidated metadata if there is any, else file by file. */
final class StoreNodes {
  static final String CONSOLIDATED = "consolidated_metadata";

  private final StoreFiles files;
  private final Map<String, Object> root;
  private final Optional<Map<?, ?>> consolidated;
  private final Map<String, Optional<Map<String, Object>>> documents = new ConcurrentHashMap<>();

  StoreNodes(StoreFiles files) {
    this.files = files;
    this.root =
        load("")
            .orElseThrow(
                () ->
                    new InvalidContentException(
                        "Cannot open store: no zarr.json (store=" + files.location() + ")"));
    if (!isGroup(root)) {
      throw new InvalidContentException(
          "Cannot open store: not a Zarr 3 group (store=" + files.location() + ")");
    }
    this.consolidated =
        root.get(CONSOLIDATED) instanceof Map<?, ?> inline
                && inline.get("metadata") instanceof Map<?, ?> metadata
            ? Optional.of(metadata)
            : Optional.empty();
  }

  private static String file(String path) {
    return path.isEmpty() ? ArrayDocument.FILE_NAME : path + "/" + ArrayDocument.FILE_NAME;
  }

  private static boolean isGroup(Map<String, Object> document) {
    return "group".equals(document.get("node_type"))
        && Long.valueOf(3).equals(document.get("zarr_format"));
  }

  private Optional<Map<String, Object>> load(String path) {
    return files
        .read(file(path))
        .map(bytes -> object(JsonParser.parseWithNonFinite(bytes, place(path)), path));
  }

  private String place(String path) {
    return files.location() + "/" + file(path);
  }

  private Map<String, Object> object(Object json, String path) {
    if (!(json instanceof Map<?, ?> map)) {
      throw new InvalidContentException(
          "Invalid Zarr document: no object (file=" + place(path) + ")");
    }
    @SuppressWarnings("unchecked") // The parser makes objects with text keys only.
    Map<String, Object> object = (Map<String, Object>) map;
    return object;
  }

  /** The document of a node, or empty if there is none. */
  Optional<Map<String, Object>> document(String path) {
    return documents.computeIfAbsent(
        path,
        absent ->
            consolidated.isPresent()
                ? Optional.ofNullable(consolidated.get().get(path)).map(doc -> object(doc, path))
                : load(path));
  }

  boolean hasGroup(String path) {
    return document(path).filter(StoreNodes::isGroup).isPresent();
  }

  boolean hasArray(String path) {
    return document(path).filter(found -> "array".equals(found.get("node_type"))).isPresent();
  }

  Optional<ArrayDocument> array(String path) {
    return document(path)
        .filter(document -> "array".equals(document.get("node_type")))
        .map(document -> ArrayDocument.parse(document, place(path)));
  }

  Map<String, Object> attributes(String path) {
    Optional<Map<String, Object>> document = path.isEmpty() ? Optional.of(root) : document(path);
    return document
        .map(found -> found.get("attributes"))
        .filter(attributes -> attributes instanceof Map<?, ?>)
        .map(attributes -> object(attributes, path))
        .orElse(Map.of());
  }

  /** Paths of all arrays, sorted. */
  List<String> arrays() {
    TreeSet<String> paths = new TreeSet<>();
    if (consolidated.isPresent()) {
      consolidated.get().keySet().forEach(path -> paths.add((String) path));
    } else {
      collect("", paths);
    }
    paths.removeIf(path -> !hasArray(path));
    return new ArrayList<>(paths);
  }

  /** Paths of the arrays in one group, sorted. */
  List<String> arrays(String group) {
    TreeSet<String> paths = new TreeSet<>();
    if (consolidated.isPresent()) {
      consolidated.get().keySet().forEach(path -> paths.add((String) path));
      paths.removeIf(path -> !path.startsWith(group + "/"));
    } else {
      files.list(group).forEach(name -> paths.add(group + "/" + name));
    }
    paths.removeIf(path -> !hasArray(path));
    return new ArrayList<>(paths);
  }

  private void collect(String folder, Set<String> paths) {
    for (String name : files.list(folder)) {
      String path = folder.isEmpty() ? name : folder + "/" + name;
      Optional<Map<String, Object>> node = document(path);
      if (node.isPresent()) {
        paths.add(path);
        if (isGroup(node.get())) {
          collect(path, paths);
        }
      }
    }
  }

  /** Paths whose document in the root differs from the one in their own file. */
  List<String> inconsistentDocuments() {
    List<String> differing = new ArrayList<>();
    for (Object key : consolidated.map(Map::keySet).orElse(Set.of())) {
      String path = (String) key;
      Object inRoot = consolidated.get().get(path);
      if (load(path).filter(inFile -> isSame(inFile, inRoot)).isEmpty()) {
        differing.add(path);
      }
    }
    return differing;
  }

  /** Equal values have equal texts; only values that differ are worth being written out. */
  private static boolean isSame(Object inFile, Object inRoot) {
    return inFile.equals(inRoot)
        || CanonicalJson.prettyWithNonFinite(inFile)
            .equals(CanonicalJson.prettyWithNonFinite(inRoot));
  }
}
