package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalDisk;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/**
 * Publishes on a local disk by one atomic rename, which the file system refuses if the target is a
 * file or a folder with anything in it. An empty folder is replaced.
 */
public final class RenamePublisher implements Publisher {
  private final Durability durability;

  public RenamePublisher(Durability durability) {
    this.durability = durability;
  }

  @Override
  public StoreLocation attemptsOf(CampaignLayout layout, String shardId) {
    return layout.attemptsOf(shardId);
  }

  @Override
  public String storePath(String attemptId) {
    return SuccessSidecar.STORE_IS_FINAL_DIRECTORY;
  }

  @Override
  public void makeDurable(StoreLocation store) throws IOException {
    if (durability == Durability.FORCED) {
      LocalDisk.forceTree(store.localPath());
    }
  }

  @Override
  public Publication publish(StoreLocation store, StoreLocation finalDirectory) throws IOException {
    Path target = finalDirectory.localPath().toAbsolutePath();
    Files.createDirectories(target.getParent());
    try {
      Files.move(store.localPath(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      return Publication.TARGET_EXISTS;
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (IOException e) {
      // Not every file system names the reason; what stands there does.
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return Publication.TARGET_EXISTS;
      }
      throw e;
    }
    if (durability == Durability.FORCED) {
      LocalDisk.force(target.getParent());
    }
    return Publication.PUBLISHED;
  }

  @Override
  public StoreLocation scratchOf(StoreLocation attemptFolder) {
    return attemptFolder;
  }
}
