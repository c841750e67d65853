package org.nbvrollouts.store.zarr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Notes what is asked of the files of a store. */
final class CountingStoreFiles implements StoreFiles {
  private final StoreFiles files;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  CountingStoreFiles(StoreFiles files) {
    this.files = files;
  }

  /**
   * The requests since the last call: {@code read PATH}, {@code range PATH}, {@code length PATH}.
   */
  List<String> takeRequests() {
    List<String> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  @Override
  public Optional<byte[]> read(String path) {
    requests.add("read " + path);
    return files.read(path);
  }

  @Override
  public byte[] readRange(String path, long offset, int length) {
    requests.add("range " + path);
    return files.readRange(path, offset, length);
  }

  @Override
  public OptionalLong length(String path) {
    requests.add("length " + path);
    return files.length(path);
  }

  @Override
  public void write(String path, ByteBuffer content) {
    files.write(path, content);
  }

  @Override
  public List<String> list(String folder) {
    requests.add("list " + folder);
    return files.list(folder);
  }

  @Override
  public String location() {
    return files.location();
  }
}
