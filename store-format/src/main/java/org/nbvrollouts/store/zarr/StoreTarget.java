package org.nbvrollouts.store.zarr;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.nbvrollouts.store.schema.StoreSchema;

/** Where a store under construction goes, in its layout. */
interface StoreTarget extends AutoCloseable {
  /** Takes the files of the store. */
  StoreFiles files();

  /** Called when all files have been written. */
  void complete();

  @Override
  void close();

  /** Files that are in place once they are written. */
  static StoreTarget of(StoreFiles files) {
    return new StoreTarget() {
      @Override
      public StoreFiles files() {
        return files;
      }

      @Override
      public void complete() {}

      @Override
      public void close() {}
    };
  }

  /** A new, empty local folder that will hold a store. */
  static StoreTarget inFolder(Path folder, StoreLayout layout) {
    return switch (layout) {
      case DIRECTORY -> of(new LocalStoreFiles(folder));
      case PACKED -> new Archive(folder);
    };
  }

  /** An archive with a copy of its manifest beside it. */
  final class Archive implements StoreTarget {
    private static final String SCRATCH_NAME = "." + StoreLayout.ARCHIVE_NAME + ".tmp";

    private final Path folder;
    private final PackedStoreFiles files;

    private Archive(Path folder) {
      this.folder = folder;
      this.files = PackedStoreFiles.create(folder.resolve(SCRATCH_NAME));
    }

    @Override
    public StoreFiles files() {
      return files;
    }

    @Override
    public void complete() {
      files.writeArchive(folder.resolve(StoreLayout.ARCHIVE_NAME));
      String manifest = StoreSchema.ROLLOUT_MANIFEST_FILENAME;
      new LocalStoreFiles(folder)
          .write(manifest, ByteBuffer.wrap(files.read(manifest).orElseThrow()));
    }

    @Override
    public void close() {
      files.close();
    }
  }
}
