package org.nbvrollouts.store.pack;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.zip.ZipArchive;
import org.nbvrollouts.store.zip.ZipArchiveWriter;
import org.nbvrollouts.store.zip.ZipMember;

/** The files of a store in a local folder, without the sidecars of its shard. */
final class LooseFiles {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final Set<String> SIDECARS =
      Set.of(OwnerSidecar.FILE_NAME, SuccessSidecar.FILE_NAME);

  private final TreeMap<String, Path> files = new TreeMap<>();

  /**
   * Lists a folder.
   *
   * @throws InvalidContentException if something is neither file nor folder, such as a link
   */
  static LooseFiles of(Path store) throws IOException {
    LooseFiles found = new LooseFiles();
    found.list(store, "");
    return found;
  }

  private void list(Path folder, String prefix) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        String name = child.getFileName().toString();
        boolean isScratch = name.startsWith(".") && name.endsWith(".tmp");
        if (prefix.isEmpty() && (SIDECARS.contains(name) || isScratch)) {
          continue;
        }
        BasicFileAttributes attributes =
            Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
          list(child, prefix + name + "/");
        } else if (attributes.isRegularFile()) {
          files.put(prefix + name, child);
        } else {
          throw new InvalidContentException(
              "Cannot pack store: neither a file nor a folder (path=" + child + ")");
        }
      }
    }
  }

  /** Writes an archive of all files; a file that changes meanwhile is an error. */
  void pack(Path archive) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(archive, StandardOpenOption.CREATE_NEW), BUFFER_BYTES)) {
      ZipArchiveWriter zip = new ZipArchiveWriter(out);
      for (Map.Entry<String, Path> file : files.entrySet()) {
        Path path = file.getValue();
        try (CheckedInputStream in =
            new CheckedInputStream(Files.newInputStream(path), new CRC32())) {
          long size = in.transferTo(OutputStream.nullOutputStream());
          int crc32 = (int) in.getChecksum().getValue();
          zip.add(file.getKey(), size, crc32, member -> Files.copy(path, member));
        }
      }
      zip.finish();
    }
  }

  /** Writes every member of an archive as a file below a new folder. */
  static void unpack(ZipArchive archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (ZipMember member : archive.members().values()) {
      Path file = folder.resolve(member.name());
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        archive.copy(member, out);
      }
    }
  }

  /**
   * Compares the files with the members of an archive, byte for byte.
   *
   * @throws InvalidContentException naming the first difference
   */
  void requireSame(ZipArchive archive) throws IOException {
    if (!files.keySet().equals(archive.members().keySet())) {
      throw different(archive, "the names of the files");
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      try (InputStream in = Files.newInputStream(file.getValue())) {
        Comparing comparing = new Comparing(in);
        archive.copy(archive.members().get(file.getKey()), comparing);
        if (comparing.differs || in.read() >= 0) {
          throw different(archive, file.getKey());
        }
      }
    }
  }

  private static InvalidContentException different(ZipArchive archive, String what) {
    return new InvalidContentException(
        "Cannot convert store: files and archive are not the same afterwards (archive=%s,"
                .formatted(archive.location())
            + " differs=%s); run again".formatted(what));
  }

  private static final class Comparing extends OutputStream {
    private final InputStream expected;
    private boolean differs;

    Comparing(InputStream expected) {
      this.expected = expected;
    }

    @Override
    public void write(int value) throws IOException {
      differs |= expected.read() != (value & 0xFF);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] other = expected.readNBytes(length);
      differs |= Arrays.mismatch(other, 0, other.length, bytes, offset, offset + length) >= 0;
    }
  }
}
