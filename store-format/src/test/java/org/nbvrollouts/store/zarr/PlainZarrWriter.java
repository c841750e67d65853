package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.table.TypedArray;

/** Writes groups and arrays as zarr-python does by default: one document per node, zstd chunks. */
public final class PlainZarrWriter {
  private static final int LONGEST_CHUNK = 1024;

  private final Path store;

  /** Starts a store with its root group. */
  public PlainZarrWriter(Path store) throws IOException {
    this.store = store;
    group(store);
  }

  private static void group(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(ArrayDocument.FILE_NAME),
        "{\"attributes\": {}, \"zarr_format\": 3, \"node_type\": \"group\"}");
  }

  /**
   * Writes an array with one chunk per row, or in runs of 1024 if it has one axis, and the groups
   * above it. Chunks of zeros, the fill value, are left out.
   */
  public void array(String path, TypedArray elements) throws IOException {
    Path folder = store.resolve(path);
    for (Path parent = folder.getParent(); !parent.equals(store); parent = parent.getParent()) {
      group(parent);
    }
    List<Long> shape = elements.shape().stream().map(Integer::longValue).toList();
    List<Long> chunk = new ArrayList<>(shape);
    chunk.set(0, shape.size() == 1 ? Math.max(1, Math.min(shape.get(0), LONGEST_CHUNK)) : 1L);
    chunk.replaceAll(length -> Math.max(1, length));
    ArrayDocument document =
        ArrayDocument.of(
            shape,
            elements.type(),
            chunk,
            List.of(
                Map.of("name", "bytes", "configuration", Map.of("endian", "little")),
                Map.of("name", "zstd", "configuration", Map.of("level", 0L, "checksum", false))));
    LibraryWriter.writeChunks(new LocalStoreFiles(store), path, document, elements);
    Files.createDirectories(folder);
    Files.write(
        folder.resolve(ArrayDocument.FILE_NAME),
        CanonicalJson.pretty(document.toJson()).getBytes(StandardCharsets.UTF_8));
    if (shape.size() > 1) {
      deleteZeroRows(folder, elements);
    }
  }

  private static void deleteZeroRows(Path folder, TypedArray elements) throws IOException {
    for (int row = 0; row < elements.rows(); row++) {
      boolean zero = true;
      for (int i = 0; i < elements.rowSize(); i++) {
        zero &= elements.doubleAt(row * elements.rowSize() + i) == 0;
      }
      if (zero) {
        Files.deleteIfExists(folder.resolve("c/" + row + "/0".repeat(elements.rank() - 1)));
      }
    }
  }
}
