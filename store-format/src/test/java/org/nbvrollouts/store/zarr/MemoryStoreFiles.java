package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nbvrollouts.store.error.EnvironmentException;

/** The files of a store in memory. */
public final class MemoryStoreFiles implements StoreFiles {
  private final Map<String, byte[]> contents;

  public MemoryStoreFiles() {
    this(Map.of());
  }

  private MemoryStoreFiles(Map<String, byte[]> contents) {
    this.contents = Collections.synchronizedMap(new TreeMap<>(contents));
  }

  /** An independent copy. */
  public MemoryStoreFiles copy() {
    return new MemoryStoreFiles(contents);
  }

  /** Paths of all files, sorted. */
  public List<String> paths() {
    return new ArrayList<>(contents.keySet());
  }

  public void replace(String path, byte[] content) {
    contents.put(path, content.clone());
  }

  /** Removes a file or everything below a folder. */
  public void remove(String path) {
    contents.keySet().removeIf(file -> file.equals(path) || file.startsWith(path + "/"));
  }

  /** Writes all files below a directory. */
  public void saveTo(Path directory) {
    contents.forEach(
        (path, content) -> {
          try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(contents.get(path)).map(byte[]::clone);
  }

  @Override
  public byte[] readRange(String path, long offset, int length) {
    byte[] content = contents.get(path);
    int from = (int) Math.min(offset, content.length);
    return Arrays.copyOfRange(content, from, Math.min(content.length, from + length));
  }

  @Override
  public OptionalLong length(String path) {
    byte[] content = contents.get(path);
    return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
  }

  @Override
  public void write(String path, ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    if (contents.putIfAbsent(path, bytes) != null) {
      throw new EnvironmentException("Cannot write store file: exists (file=" + path + ")");
    }
  }

  @Override
  public List<String> list(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String path : contents.keySet()) {
      if (path.startsWith(prefix)) {
        String rest = path.substring(prefix.length());
        int slash = rest.indexOf('/');
        names.add(slash < 0 ? rest : rest.substring(0, slash));
      }
    }
    return new ArrayList<>(names);
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof MemoryStoreFiles that) || !paths().equals(that.paths())) {
      return false;
    }
    return paths().stream()
        .allMatch(path -> Arrays.equals(contents.get(path), that.contents.get(path)));
  }

  @Override
  public int hashCode() {
    return paths().hashCode();
  }
}
