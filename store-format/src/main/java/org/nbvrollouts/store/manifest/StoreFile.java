package org.nbvrollouts.store.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * One sealed file of a store.
 *
 * @param path names below the store, joined by {@code /}
 * @param sha256 64 lower-case hex digits
 * @param size bytes
 */
public record StoreFile(String path, String sha256, long size) {

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", path);
    json.put("sha256", sha256);
    json.put("size", size);
    return json;
  }

  static StoreFile parse(JsonFields fields, List<String> problems) {
    StoreFile file =
        new StoreFile(fields.text("path"), fields.text("sha256"), fields.integer("size"));
    if (!StoreLocation.isContained(file.path())) {
      problems.add(
          "Invalid path: %s (expected names inside the store joined by '/')"
              .formatted(file.path()));
    }
    return file;
  }
}
