package org.nbvrollouts.store.audit;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.ShardIds;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * Finds stores below a folder of any storage: those that the marker of a shard names, and those
 * that stand for themselves. Attempts, retired shards and stores that were made for a shard without
 * a marker are no stores (specification audits 7.1).
 */
public final class StoreDiscovery {
  /** Every store, whatever its name. */
  public static final String ANY = "**";

  private static final Set<String> NEVER =
      Set.of(CampaignLayout.ATTEMPTS_NAME, CampaignLayout.RETIRED_NAME);

  private final StoreIO io;
  private final StoreLocation base;
  private final Map<String, String> rootFiles = new HashMap<>();
  private final Set<String> markers = new HashSet<>();
  private final Set<String> owners = new HashSet<>();

  private StoreDiscovery(StoreIO io, StoreLocation base) {
    this.io = io;
    this.base = base;
  }

  /**
   * What decides whether a path below the folder fits.
   *
   * @throws RefusedInputException if the pattern is malformed
   */
  public static PathMatcher matcher(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new RefusedInputException(
          "Cannot look for stores: %s (pattern=%s, position=%d)"
              .formatted(e.getDescription(), pattern, e.getIndex()));
    }
  }

  /**
   * Folders of the stores at or below a folder, the latest written first, those of one time by
   * path. Takes one recursive listing, and one request for each marker and for the time of each
   * store. Empty if there is no such folder.
   *
   * @throws EnvironmentException if the storage fails
   */
  public static List<StoreLocation> discoverRolloutStorePaths(StoreIO io, StoreLocation base) {
    return discoverRolloutStorePaths(io, base, ANY);
  }

  /**
   * As the other, only stores whose path below the folder fits a pattern.
   *
   * @param pattern {@code *} within a name, {@code **} across folders, such as {@code **}{@code
   *     /*.zarr}
   */
  public static List<StoreLocation> discoverRolloutStorePaths(
      StoreIO io, StoreLocation base, String pattern) {
    PathMatcher matcher = matcher(pattern);
    try {
      StoreDiscovery discovery = new StoreDiscovery(io, base);
      discovery.list();
      Set<String> stores = discovery.stores();
      // A pattern that may begin in any folder may begin in this one.
      stores.removeIf(
          store -> !matcher.matches(Path.of(store)) && !matcher.matches(Path.of("/" + store)));
      return discovery.latestFirst(stores);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot find stores: %s (folder=%s)".formatted(StorageReason.of(e), base), e);
    }
  }

  private void list() throws IOException {
    io.listTree(base)
        .forEach(
            (path, entry) -> {
              String folder = parent(path);
              if (entry.isFile() && !isNever(folder)) {
                switch (entry.name()) {
                  case SuccessSidecar.FILE_NAME -> markers.add(folder);
                  case OwnerSidecar.FILE_NAME -> owners.add(folder);
                  case StoreLayout.ROOT_DOCUMENT, StoreLayout.ARCHIVE_NAME ->
                      rootFiles.put(folder, path);
                  default -> {
                    // The other files of a store say nothing about where it lies.
                  }
                }
              }
            });
  }

  private static boolean isNever(String folder) {
    for (String name : folder.split("/", -1)) {
      if (NEVER.contains(name)) {
        return true;
      }
    }
    return false;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private Set<String> stores() throws IOException {
    Set<String> stores = new TreeSet<>(CanonicalJson.CODE_POINT_ORDER);
    for (String shard : markers) {
      stores.add(marked(shard));
    }
    for (String folder : rootFiles.keySet()) {
      if (standsForItself(folder)) {
        stores.add(folder);
      }
    }
    return stores;
  }

  /** Where a marker says that the store lies; the shard itself if nobody can tell. */
  private String marked(String shard) throws IOException {
    StoreLocation file = at(shard).child(SuccessSidecar.FILE_NAME);
    try {
      Optional<byte[]> marker = io.read(file);
      Object path =
          marker.isEmpty()
              ? null
              : JsonParser.parseObject(marker.get(), file.text()).get("store_path");
      boolean isBelow =
          path instanceof String text
              && !text.equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY)
              && StoreLocation.isContained(text);
      return isBelow ? (shard.isEmpty() ? "" : shard + "/") + path : shard;
    } catch (InvalidContentException e) {
      // The store is found anyway; status says what is wrong with the marker.
      return shard;
    }
  }

  private boolean standsForItself(String folder) {
    if (markers.contains(folder) || owners.contains(folder)) {
      return false;
    }
    String above = folder;
    while (!above.isEmpty()) {
      above = parent(above);
      String name = above.substring(above.lastIndexOf('/') + 1);
      if (rootFiles.containsKey(above) || markers.contains(above) || ShardIds.isCanonical(name)) {
        return false;
      }
    }
    return true;
  }

  private StoreLocation at(String path) {
    return path.isEmpty() ? base : base.child(path);
  }

  private List<StoreLocation> latestFirst(Set<String> stores) throws IOException {
    Map<String, Instant> times = new HashMap<>();
    for (String store : stores) {
      String root = rootFiles.get(store);
      times.put(store, root == null ? Instant.MIN : io.modifiedAt(at(root)).orElse(Instant.MIN));
    }
    return stores.stream()
        .sorted(Comparator.<String, Instant>comparing(times::get).reversed())
        .map(this::at)
        .toList();
  }
}
