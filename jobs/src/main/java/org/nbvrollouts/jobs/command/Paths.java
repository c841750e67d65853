package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.AddressSecrets;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.zarr.StoreLayout;
import picocli.CommandLine.TypeConversionException;

/** Paths that a person typed. */
final class Paths {
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

  private static final Pattern FILE_OF_A_HOST = Pattern.compile("file://[^/]");

  private Paths() {}

  /**
   * A path of this process. An empty one, as unset variables of a shell give, would be the current
   * folder and is refused, and so is one that carries a password; one that the character set of the
   * locale cannot name is refused, too.
   */
  static Path typed(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("it is empty (expected a path)");
    }
    if (AddressSecrets.areIn(text)) {
      throw new TypeConversionException("it carries a user and a password (expected a local path)");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          text + " (expected a name in the character set of the locale; set LC_ALL=C.UTF-8)");
    }
  }

  /** An address that a flag names; local ones are paths that {@link #typed} takes. */
  static StoreLocation location(String flag, String text) {
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      throw new UsageException("Invalid " + flag + ": '" + text + "' (expected a path or address)");
    }
    StoreLocation location = new StoreLocation(text);
    if (FILE_OF_A_HOST.matcher(text).lookingAt()) {
      throw new UsageException(
          "Invalid "
              + flag
              + ": it is a file of a host (expected a plain path, or file:/// and a path)");
    }
    if (location.isLocal()) {
      try {
        location.localPath();
      } catch (InvalidPathException e) {
        throw new UsageException(
            "Invalid "
                + flag
                + ": "
                + text
                + " (expected a name in the character set of the locale; set LC_ALL=C.UTF-8)");
      }
    }
    return location;
  }

  /** Where a campaign keeps its shards, which need not be there yet. */
  static StoreLocation finalRoot(String text) {
    StoreLocation location = location("--final-root", text);
    if (!location.isLocal()) {
      return location;
    }
    refuseFileAsFolder("final root", location.localPath());
    return StoreLocation.of(location.localPath().toAbsolutePath().normalize());
  }

  /**
   * Refuses a folder to write or look into that cannot be one, because it or a parent is a file.
   */
  static void refuseFileAsFolder(String what, Path folder) {
    Path nearest = folder.toAbsolutePath().normalize();
    while (nearest != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (nearest != null && !Files.isDirectory(nearest)) {
      throw new RefusedInputException(
          "Cannot use "
              + what
              + ": a file stands there (expected a folder, folder="
              + folder
              + ", file="
              + nearest
              + ")");
    }
  }

  /** Refuses a file to read or write that is a folder, or lies below a file. */
  static void refuseFolderAsFile(String what, Path file) {
    if (Files.isDirectory(file)) {
      throw new RefusedInputException(
          "Cannot use " + what + ": a folder stands there (expected a file, file=" + file + ")");
    }
    Path parent = file.toAbsolutePath().normalize().getParent();
    if (parent != null) {
      refuseFileAsFolder("folder of " + what, parent);
    }
  }

  /**
   * Refuses a plan that is a folder, lies below a file, or is a pipe or a device: plans are read
   * more than once, and never replaced.
   */
  static void refuseAsPlan(Path file) {
    refuseFolderAsFile("plan", file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new RefusedInputException(
          "Cannot use plan: a pipe or a device stands there (expected a regular file, file="
              + file
              + ")");
    }
  }

  /** Refuses a file to read that is a folder or not there; says what belongs there. */
  static void refuseUnlessFile(String what, Path file, String expected) {
    refuseFolderAsFile(what, file);
    if (!Files.exists(file)) {
      throw new RefusedInputException(
          "Cannot use %s: no such file (expected %s, file=%s)".formatted(what, expected, file));
    }
  }

  /**
   * Refuses a picture to write that is no PNG by name, which spares any other file from being
   * overwritten, or that lies in a store, which must stay as it was sealed.
   */
  static void refuseAsPicture(String what, Path file) {
    refuseFolderAsFile(what, file);
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new RefusedInputException(
          "Cannot use " + what + ": its name does not end in .png (file=" + file + ")");
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    while (folder != null
        && !Files.exists(folder.resolve(StoreLayout.ROOT_DOCUMENT))
        && !Files.exists(folder.resolve(StoreLayout.ARCHIVE_NAME))) {
      folder = folder.getParent();
    }
    if (folder != null) {
      throw new RefusedInputException(
          "Cannot use "
              + what
              + ": it would lie in a store, and stores are never changed (file="
              + file
              + ", store="
              + folder
              + ")");
    }
  }

  /**
   * Refuses a folder that holds anything but hidden files, such as the remains of a killed call.
   */
  static void refuseUnlessFree(String what, Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      Optional<Path> foreign =
          entries
              .map(Path::getFileName)
              .filter(name -> !name.toString().startsWith("."))
              .min(Comparator.naturalOrder());
      if (foreign.isPresent()) {
        throw new RefusedInputException(
            "Cannot put the "
                + what
                + " here: the folder holds something else (folder="
                + folder
                + ", file="
                + foreign.get()
                + "). Choose a new or empty folder");
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read folder: " + StorageReason.of(e) + " (folder=" + folder + ")", e);
    }
  }

  /** A store, its folder or its archive, without symbolic links; refused if there is none. */
  static Path existingStore(Path store) {
    refuseRemote("store", store);
    return Files.isRegularFile(store) && store.toString().endsWith(StoreLayout.ARCHIVE_SUFFIX)
        ? real("store", store)
        : existingFolder("store", store);
  }

  /** Refuses an address where only local disks are served; a path has lost one of its slashes. */
  static void refuseRemote(String what, Path path) {
    if (ADDRESS.matcher(path.toString()).lookingAt()) {
      throw new RefusedInputException(
          "Cannot use "
              + what
              + ": this command works on local disks (expected a local path, "
              + what
              + "="
              + path
              + "). Copy the shard's folder first, for example with hadoop fs -get");
    }
  }

  /** The folder without symbolic links; refused if there is none. */
  static Path existingFolder(String what, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RefusedInputException(
          "Cannot read "
              + what
              + (Files.exists(folder)
                  ? ": a file stands there (expected its folder, file="
                  : ": no such folder (folder=")
              + folder
              + ")");
    }
    return real(what, folder);
  }

  private static Path real(String what, Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new RefusedInputException(
          "Cannot read " + what + ": " + e.getMessage() + " (path=" + path + ")", e);
    }
  }
}
