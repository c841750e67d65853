package org.nbvrollouts.store.damage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.zarr.StoreLayout;

/** Everything that a sweep does to the shards of a campaign, in a fixed order. */
final class DamagePlan {
  private static final byte[] GROUP =
      "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{}}"
          .getBytes(StandardCharsets.US_ASCII);

  private final CommittedShards shards;
  private final SplittableRandom random;
  private final List<Damage> damages = new ArrayList<>();

  DamagePlan(CommittedShards shards, long seed) {
    this.shards = shards;
    this.random = new SplittableRandom(seed);
  }

  /**
   * The damages.
   *
   * @param flips number of single bits over all shards
   * @param swaps number of random pairs of files within each shard, beside each file's neighbour
   */
  List<Damage> damages(int flips, int swaps) {
    for (RolloutShardEntry entry : shards.entries()) {
      shards.filesOf(entry).forEach((path, content) -> wholeFile(entry, path, content));
      swapsWithin(entry, swaps);
      additions(entry);
    }
    betweenShards();
    for (int i = 0; i < flips; i++) {
      flip(shards.entries().get(i % shards.entries().size()), i % 2 == 0);
    }
    return damages;
  }

  private void add(DamageKind kind, RolloutShardEntry entry, String path, String what, byte[] now) {
    damages.add(new Damage(kind, entry, List.of(path), what, changed -> changed.write(path, now)));
  }

  private void wholeFile(RolloutShardEntry entry, String path, byte[] content) {
    for (int length :
        Arrays.stream(new int[] {0, 1, content.length / 2, content.length - 1})
            .filter(length -> length >= 0 && length < content.length)
            .distinct()
            .toArray()) {
      byte[] shorter = Arrays.copyOf(content, length);
      add(DamageKind.TRUNCATED, entry, path, "to " + length, shorter);
    }
    byte[] zeros = new byte[content.length];
    if (!Arrays.equals(zeros, content)) {
      add(DamageKind.ZEROED, entry, path, "", zeros);
    }
    byte[] longer = Arrays.copyOf(content, content.length + 1);
    add(DamageKind.EXTENDED, entry, path, "by a zero", longer);
    damages.add(
        new Damage(DamageKind.REMOVED, entry, List.of(path), "", changed -> changed.remove(path)));
    if (path.endsWith(".json")) {
      reformatted(entry, path, content);
    }
  }

  private void reformatted(RolloutShardEntry entry, String path, byte[] content) {
    Object value = JsonParser.parseWithNonFinite(content, path);
    byte[] oneLine = CanonicalJson.line(value).getBytes(StandardCharsets.UTF_8);
    byte[] withNewline = Arrays.copyOf(content, content.length + 1);
    withNewline[content.length] = '\n';
    add(DamageKind.REFORMATTED, entry, path, "on one line", oneLine);
    add(DamageKind.REFORMATTED, entry, path, "with a newline", withNewline);
  }

  private void flip(RolloutShardEntry entry, boolean anyFileAlike) {
    Map<String, byte[]> files = shards.filesOf(entry);
    List<String> paths =
        files.keySet().stream().filter(path -> files.get(path).length > 0).toList();
    String path = paths.get(random.nextInt(paths.size()));
    if (!anyFileAlike) {
      // A file is hit as often as its length says.
      long at = random.nextLong(files.values().stream().mapToLong(bytes -> bytes.length).sum());
      for (String candidate : paths) {
        at -= files.get(candidate).length;
        if (at < 0) {
          path = candidate;
          break;
        }
      }
    }
    byte[] content = files.get(path).clone();
    int at = random.nextInt(content.length);
    int bit = random.nextInt(8);
    content[at] ^= (byte) (1 << bit);
    add(DamageKind.BIT_FLIPPED, entry, path, "bit %d of byte %d".formatted(bit, at), content);
  }

  private void swapsWithin(RolloutShardEntry entry, int swaps) {
    List<String> paths = new ArrayList<>(shards.filesOf(entry).keySet());
    for (int i = 1; i < paths.size(); i++) {
      swap(DamageKind.SWAPPED_WITHIN_SHARD, entry, paths.get(i - 1), paths.get(i));
    }
    for (int i = 0; i < swaps; i++) {
      String first = paths.get(random.nextInt(paths.size()));
      String second = paths.get(random.nextInt(paths.size()));
      swap(DamageKind.SWAPPED_WITHIN_SHARD, entry, first, second);
    }
  }

  private byte[] content(String path) {
    return shards.entries().stream()
        .map(entry -> shards.filesOf(entry).get(path))
        .filter(bytes -> bytes != null)
        .findFirst()
        .orElseThrow();
  }

  private void swap(DamageKind kind, RolloutShardEntry entry, String first, String second) {
    byte[] one = content(first);
    byte[] other = content(second);
    if (Arrays.equals(one, other)) {
      return;
    }
    damages.add(
        new Damage(
            kind,
            entry,
            List.of(first, second),
            "",
            changed -> {
              changed.write(first, other);
              changed.write(second, one);
            }));
  }

  /** Files of one path exchanged between two shards, and whole shards in place of others. */
  private void betweenShards() {
    for (int i = 1; i < shards.entries().size(); i++) {
      RolloutShardEntry victim = shards.entries().get(i);
      RolloutShardEntry other = shards.entries().get(i - 1);
      Map<String, byte[]> theirs = shards.filesOf(other);
      List<String> own = List.copyOf(shards.filesOf(victim).keySet());
      List<String> others = List.copyOf(theirs.keySet());
      for (int at = 0; at < Math.min(own.size(), others.size()); at++) {
        swap(DamageKind.SWAPPED_BETWEEN_SHARDS, victim, own.get(at), others.get(at));
      }
      damages.add(
          new Damage(
              DamageKind.SHARD_UNDER_ANOTHER_ID,
              victim,
              List.of(victim.shardId()),
              "is " + other.shardId(),
              changed -> {
                for (String path : shards.filesOf(victim).keySet()) {
                  changed.remove(path);
                }
                for (Map.Entry<String, byte[]> file : theirs.entrySet()) {
                  String path =
                      victim.shardId() + file.getKey().substring(other.shardId().length());
                  changed.write(path, file.getValue());
                }
              }));
    }
  }

  private void additions(RolloutShardEntry entry) {
    Map<String, byte[]> files = shards.filesOf(entry);
    String store = shards.storeOf(entry).text();
    String prefix = store.substring(store.indexOf(entry.shardId())) + "/";
    byte[] bytes = {1, 2, 3};
    for (String name : List.of("notes.txt", "steps/notes.txt", "steps/step_index/notes.txt")) {
      add(DamageKind.FILE_ADDED, entry, prefix + name, "", bytes);
    }
    add(DamageKind.FILE_ADDED, entry, entry.shardId() + "/beside.bin", "", bytes);
    add(DamageKind.NODE_ADDED, entry, prefix + "more/zarr.json", "", GROUP);
    add(DamageKind.NODE_ADDED, entry, prefix + "steps/more/zarr.json", "", GROUP);
    String archive = prefix + StoreLayout.ARCHIVE_NAME;
    if (!files.containsKey(archive)) {
      add(DamageKind.NODE_ADDED, entry, archive, "", bytes);
    }
    for (String path : List.copyOf(files.keySet())) {
      String array = path.replaceFirst("[^/]*$", "");
      boolean hasChunks = files.keySet().stream().anyMatch(name -> name.startsWith(array + "c/"));
      boolean isArray =
          path.endsWith("/zarr.json")
              && !path.equals(prefix + "zarr.json")
              && new String(files.get(path), StandardCharsets.US_ASCII).contains("\"data_type\"");
      if (isArray && !hasChunks) {
        byte[] chunk = files.get(prefix + "steps/step_row_id/c/0");
        add(DamageKind.CHUNK_ADDED, entry, array + "c/0", "where the fill value was", chunk);
      }
    }
  }
}
