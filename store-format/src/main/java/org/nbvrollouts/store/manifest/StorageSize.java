package org.nbvrollouts.store.manifest;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Number and length of the files of a store. */
public record StorageSize(long files, long bytes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No file. */
  public static final StorageSize NONE = new StorageSize(0, 0);

  /** Both together. */
  public StorageSize plus(StorageSize other) {
    return new StorageSize(files + other.files, bytes + other.bytes);
  }

  /** The JSON value of {@code storage}. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("files", files);
    json.put("bytes", bytes);
    return json;
  }
}
