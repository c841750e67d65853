package org.nbvrollouts.store.spill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;

/**
 * Finds lines that may share a value with another line, however many there are, in memory that does
 * not grow with them: fingerprints go to files by their first bits, and only one of these files is
 * looked at at a time. Two different values have the same fingerprint once in 2^64 pairs, so a
 * found line still has to be looked at; a repeated value is never missed.
 */
public final class RepeatedValues implements AutoCloseable {
  private static final int BUCKET_BITS = 7;
  private static final int BUCKETS = 1 << BUCKET_BITS;
  private static final int BUFFER_BYTES = 1 << 12;

  private final Path folder;
  private final List<DataOutputStream> buckets = new ArrayList<>();
  private final MessageDigest sha256;
  private final int[] sizes = new int[BUCKETS];

  public RepeatedValues() throws IOException {
    this.folder = temporaryFolder();
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(bucket(i)), BUFFER_BYTES)));
    }
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its own failure, or the file that is read would be blamed for it. */
  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("nbv-plan-");
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot make temporary folder: "
              + StorageReason.of(e)
              + " (java.io.tmpdir="
              + System.getProperty("java.io.tmpdir")
              + "). Name another one with -Djava.io.tmpdir",
          e);
    }
  }

  /** Adds a value with the number of the line it stands in. */
  public void add(String value, int line) throws IOException {
    long fingerprint =
        ByteBuffer.wrap(sha256.digest(value.getBytes(StandardCharsets.UTF_8))).getLong();
    int bucket = (int) (fingerprint >>> (Long.SIZE - BUCKET_BITS));
    buckets.get(bucket).writeLong(fingerprint);
    buckets.get(bucket).writeInt(line);
    sizes[bucket]++;
  }

  /** Lines whose values must be compared, at most so many; empty if no value is repeated. */
  public SortedSet<Integer> suspects(int most) throws IOException {
    SortedSet<Integer> lines = new TreeSet<>();
    for (int i = 0; i < BUCKETS && lines.size() < most; i++) {
      buckets.get(i).flush();
      addSuspects(i, lines);
    }
    return lines;
  }

  private void addSuspects(int bucket, SortedSet<Integer> lines) throws IOException {
    long[] fingerprints = new long[sizes[bucket]];
    try (DataInputStream in = read(bucket)) {
      for (int i = 0; i < fingerprints.length; i++) {
        fingerprints[i] = in.readLong();
        in.readInt();
      }
    }
    long[] repeated = repeated(fingerprints);
    if (repeated.length == 0) {
      return;
    }
    try (DataInputStream in = read(bucket)) {
      for (int i = 0; i < fingerprints.length; i++) {
        long fingerprint = in.readLong();
        int line = in.readInt();
        if (Arrays.binarySearch(repeated, fingerprint) >= 0) {
          lines.add(line);
        }
      }
    } catch (EOFException e) {
      throw new IOException("Scratch file became shorter (file=" + bucket(bucket) + ")", e);
    }
  }

  /** Sorts; values that are there twice or more, sorted. */
  private static long[] repeated(long[] values) {
    Arrays.sort(values);
    long[] found = new long[values.length];
    int count = 0;
    for (int i = 1; i < values.length; i++) {
      boolean isKnown = count > 0 && found[count - 1] == values[i];
      if (values[i] == values[i - 1] && !isKnown) {
        found[count++] = values[i];
      }
    }
    return Arrays.copyOf(found, count);
  }

  private DataInputStream read(int bucket) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(Files.newInputStream(bucket(bucket)), BUFFER_BYTES));
  }

  private Path bucket(int number) {
    return folder.resolve("bucket-" + number);
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < buckets.size(); i++) {
      buckets.get(i).close();
      Files.deleteIfExists(bucket(i));
    }
    Files.deleteIfExists(folder);
  }
}
