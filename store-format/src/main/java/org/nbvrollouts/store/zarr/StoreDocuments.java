package org.nbvrollouts.store.zarr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.StoreDescription;

/** Writes a finished store file by file: documents, chunks, and last the manifest. */
final class StoreDocuments {
  private StoreDocuments() {}

  /**
   * Writes into an empty place. Returns the hash of the manifest.
   *
   * @param arrays finished arrays by path, all 193
   */
  static String write(
      StoreFiles files,
      StoreDescription description,
      Map<String, ArrayWriter> arrays,
      Encoders encoders)
      throws InterruptedException {
    byte[] manifest =
        CanonicalJson.pretty(description.manifest()).getBytes(StandardCharsets.US_ASCII);
    String manifestSha256 = CanonicalJson.sha256Hex(manifest);
    Map<String, Object> documents = new TreeMap<>();
    for (String group : StoreSchema.current().groups()) {
      documents.put(group, groupDocument(description.groupAttributes(group)));
    }
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      documents.put(spec.path(), arrays.get(spec.path()).document().toJson());
    }
    writeJson(files, ArrayDocument.FILE_NAME, root(description, manifestSha256, documents));
    writeNodes(files, documents, arrays, encoders);
    files.write(StoreSchema.ROLLOUT_MANIFEST_FILENAME, ByteBuffer.wrap(manifest));
    return manifestSha256;
  }

  /**
   * Writes documents and chunks, several files at a time.
   *
   * @param documents values by path, of groups and arrays
   */
  static void writeNodes(
      StoreFiles files,
      Map<String, Object> documents,
      Map<String, ArrayWriter> arrays,
      Encoders encoders)
      throws InterruptedException {
    List<Callable<Void>> nodes = new ArrayList<>();
    documents.forEach(
        (path, document) ->
            nodes.add(
                () -> {
                  writeJson(files, path + "/" + ArrayDocument.FILE_NAME, document);
                  if (arrays.containsKey(path)) {
                    arrays.get(path).store(files);
                  }
                  return null;
                }));
    encoders.run(nodes);
  }

  private static Map<String, Object> root(
      StoreDescription description, String manifestSha256, Map<String, Object> documents) {
    Map<String, Object> attributes = new TreeMap<>(description.rootAttributes());
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
