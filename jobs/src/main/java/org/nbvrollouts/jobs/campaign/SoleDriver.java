package org.nbvrollouts.jobs.campaign;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * The right to be the only driver of a plan: a lock of the operating system on a file beside the
 * plan, which ends with the process however it ends. The file stays; its presence says nothing. On
 * another machine it is seen only if both reach the plan over a file system with locks.
 */
public final class SoleDriver {
  private final Optional<FileChannel> channel;

  private SoleDriver(Optional<FileChannel> channel) {
    this.channel = channel;
  }

  /** For campaigns in which any number of drivers may run. */
  static SoleDriver notNeeded() {
    return new SoleDriver(Optional.empty());
  }

  /**
   * Takes the right.
   *
   * @param plan the shard manifest
   * @throws RefusedInputException if another process, or another run of this one, has it
   */
  static SoleDriver of(Path plan) {
    Path file = plan.resolveSibling(plan.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(channel)) {
        return new SoleDriver(Optional.of(channel));
      }
      channel.close();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot lock plan: %s (file=%s)".formatted(e.getMessage(), file), e);
    }
    throw new RefusedInputException(
        "Cannot run campaign with --commit driver: another driver runs this plan (lock="
            + file
            + "). Wait for it, or stop it");
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** Gives the right back. */
  public void release() {
    channel.ifPresent(SoleDriver::close);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EnvironmentException("Cannot unlock plan: " + e.getMessage(), e);
    }
  }
}
