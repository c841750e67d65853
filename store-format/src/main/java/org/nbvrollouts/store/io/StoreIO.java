package org.nbvrollouts.store.io;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * The storage operations that commit, status and readers rely on (specification campaign 9.1). An
 * {@link IOException} means that the effect of the call is unknown: the operation may have happened
 * or not. Implementations are thread-safe, and those of remote storage try again, by one {@link
 * RetryPolicy}, what may pass.
 *
 * <p>What each storage promises:
 *
 * <table>
 *   <caption>Promises by storage</caption>
 *   <tr><th>operation</th><th>local disk</th><th>HDFS</th><th>object store</th></tr>
 *   <tr><td>read</td><td colspan="3">the bytes of the last completed write</td></tr>
 *   <tr><td>write</td><td>temporary file, then rename over the target</td><td>the same</td>
 *       <td>one upload, visible when complete</td></tr>
 *   <tr><td>createIfAbsent</td><td>hard link of a finished temporary file</td>
 *       <td>rename of a finished temporary file that refuses a target</td>
 *       <td>upload on the condition that nothing is there</td></tr>
 *   <tr><td>list</td><td colspan="3">consistent with completed writes and deletes</td></tr>
 *   <tr><td>delete</td><td colspan="3">not atomic: an interrupted call leaves a part</td></tr>
 * </table>
 */
public interface StoreIO {

  /**
   * Most bytes that are read as a whole: at most a quarter of the heap, since content is copied
   * while it is parsed.
   *
   * @param most limit of whoever asks, whatever the heap
   */
  static int wholeReadLimit(int most) {
    return (int) Math.min(most, Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * The whole content of a file, or empty if nothing stands there.
   *
   * @throws IrregularFileException if a link, a folder or a device stands there
   */
  Optional<byte[]> read(StoreLocation file) throws IOException;

  /**
   * Copies the content of a file of any size to a local file, which is replaced; it is never held
   * in memory as a whole. False if nothing stands there; the local file is then undefined.
   *
   * @throws IrregularFileException if a link, a folder or a device stands there
   */
  boolean readFile(StoreLocation file, Path target) throws IOException;

  /**
   * Bytes of a file that must exist and have them all. Callers know from a listing or a sidecar how
   * long a file is, so that one request is enough where each costs time and money.
   *
   * @param offset first byte, 0-based
   * @param length number of bytes
   * @return {@code length} bytes
   * @throws java.io.EOFException if the file ends before
   */
  byte[] readRange(StoreLocation file, long offset, int length) throws IOException;

  /**
   * Creates or replaces a file together with the folders above it. No reader ever sees a part of
   * the content.
   */
  void write(StoreLocation file, byte[] content) throws IOException;

  /**
   * As {@link #write}, with the content of a local file of any size, which is never held in memory
   * as a whole and must not change meanwhile.
   */
  void writeFile(StoreLocation file, Path content) throws IOException;

  /**
   * Creates a file with its full content, together with the folders above it, unless the name is
   * taken. Among any number of concurrent callers for one name with different contents at most one
   * gets {@link Creation#CREATED}; no reader ever sees a part of the content.
   *
   * <p>Where a reply was lost, the file is read back, and {@link Creation#CREATED} then says that
   * it holds exactly this content.
   */
  Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException;

  /** What stands at a location, and its direct children if it is a folder. */
  StoreListing list(StoreLocation folder) throws IOException;

  /**
   * Visits the names of the direct children of a folder, in no order; none if there is no folder.
   * Holds a page of names at a time, however many there are. Where a listing broke off and was
   * begun again, names come twice.
   */
  void visitNames(StoreLocation folder, Consumer<String> visitor) throws IOException;

  /**
   * When the storage itself says that a file, or a folder if it keeps folders, was last written, in
   * its own clock; empty if nothing stands there or the storage does not say. Decides about nothing
   * but leftovers.
   */
  default Optional<Instant> modifiedAt(StoreLocation file) throws IOException {
    return Optional.empty();
  }

  /**
   * Everything below a folder that is no folder, by slash path relative to it in code-point order;
   * empty if there is no such folder.
   */
  default SortedMap<String, StoreEntry> listTree(StoreLocation folder) throws IOException {
    return listTree(folder, list(folder));
  }

  /**
   * As {@link #listTree(StoreLocation)}, of a folder that was listed before: its own children are
   * not asked for again.
   */
  default SortedMap<String, StoreEntry> listTree(StoreLocation folder, StoreListing listing)
      throws IOException {
    SortedMap<String, StoreEntry> found = new TreeMap<>(CanonicalJson.CODE_POINT_ORDER);
    for (StoreEntry entry : listing.entries()) {
      if (entry.isFolder()) {
        listTree(folder.child(entry.name()))
            .forEach((path, below) -> found.put(entry.name() + "/" + path, below));
      } else {
        found.put(entry.name(), entry);
      }
    }
    return found;
  }

  /** Removes a file, or a folder with all below it; links are removed, never followed. */
  void delete(StoreLocation location) throws IOException;

  /**
   * Removes a folder in which nothing is, or what an object store keeps in place of one. A file
   * that appears at the same time stays, with its folder.
   *
   * @return whether there was one
   */
  boolean deleteIfEmpty(StoreLocation folder) throws IOException;

  /** Answer of {@link #createIfAbsent}. */
  enum Creation {
    /** This call created the file. */
    CREATED,
    /** The name was taken; nothing was changed. */
    EXISTS
  }
}
