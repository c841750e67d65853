package org.nbvrollouts.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.command.CommandLineRun;
import org.nbvrollouts.jobs.command.TinySource;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.StartedSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/**
 * A campaign whose final root a run has opened.
 *
 * @param configFile campaign file
 * @param manifest the plan
 * @param finalRoot where shards are published
 */
record AcceptedCampaign(Path configFile, Path manifest, StoreLocation finalRoot) {

  private static final String MARKER = "/" + SuccessSidecar.FILE_NAME;

  /** Writes a source and its plan, one row in a shard. */
  static AcceptedCampaign plan(Path folder, int shards) throws IOException {
    Path source = TinySource.writeRows(folder.resolve("source"), shards);
    Path config = TinySource.config(folder.resolve("tiny.toml"));
    Path manifest = folder.resolve("plan/shards.jsonl");
    CommandLineRun plan = CommandLineRun.plan(config, source, manifest, 1);
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("%1$d rows in %1$d shards".formatted(shards));
    return new AcceptedCampaign(config, manifest, StoreLocation.of(folder.resolve("stores")));
  }

  /** The same plan, run somewhere else. */
  AcceptedCampaign at(StoreLocation place) {
    return new AcceptedCampaign(configFile, manifest, place);
  }

  /** Runs what is not finished, four shards at a time, in this JVM. */
  CommandLineRun run() {
    return CommandLineRun.of(runArguments());
  }

  Object[] runArguments() {
    return new Object[] {
      "run",
      "--config",
      configFile,
      "--shard-manifest",
      manifest,
      "--final-root",
      finalRoot,
      "--parallelism",
      4,
      "--allow-dirty-build"
    };
  }

  /** What a task of the campaign would be given. */
  ShardRunRequest request() throws IOException {
    CampaignConfig config = config();
    CampaignSession session = session(config);
    return session.request(session.header(), config.run(), "", List.of());
  }

  RolloutShardEntry entry(String shardId) throws IOException {
    return session(config()).plan().entry(shardId);
  }

  /** The answer of {@code status --json}. */
  CommandLineRun status(String verify) {
    return CommandLineRun.status(manifest, finalRoot, verify);
  }

  /** Shards in a state. */
  List<String> shards(String state) {
    Map<String, Object> json =
        JsonParser.parseObject(status("files").out().getBytes(StandardCharsets.UTF_8), "status");
    List<String> found = new ArrayList<>();
    for (Object shard : (List<?>) json.get("shards")) {
      if (((Map<?, ?>) shard).get("status").equals(state)) {
        found.add((String) ((Map<?, ?>) shard).get("shard_id"));
      }
    }
    return found;
  }

  /** Whether a shard is committed and at least two attempts have begun and not sealed a store. */
  boolean isHalfWay() {
    try {
      Set<String> paths = io().listTree(finalRoot).keySet();
      long working =
          paths.stream()
              .filter(path -> path.endsWith("/" + StartedSidecar.FILE_NAME))
              .map(
                  path -> path.replace(StartedSidecar.FILE_NAME, "store/" + OwnerSidecar.FILE_NAME))
              .filter(owner -> !paths.contains(owner))
              .count();
      return working >= 2 && paths.stream().anyMatch(path -> path.endsWith(MARKER));
    } catch (IOException e) {
      // A folder went away while it was listed; the next look sees what is there then.
      return false;
    }
  }

  /** Files that only a driver or an attempt at work has, and failure markers. */
  List<String> traces() throws IOException {
    SortedMap<String, StoreEntry> all = io().listTree(finalRoot);
    return all.keySet().stream()
        .filter(
            path ->
                path.startsWith("_")
                    || (path.endsWith("/" + StartedSidecar.FILE_NAME)
                        && !all.containsKey(path.replaceFirst("/.*", MARKER)))
                    || path.endsWith(".tmp"))
        .toList();
  }

  /** SHA-256 of every file of the stores that markers name, and of the markers, by path. */
  SortedMap<String, String> committedFiles() throws IOException {
    StoreIO io = io();
    SortedMap<String, StoreEntry> all = io.listTree(finalRoot);
    SortedMap<String, String> found = new TreeMap<>();
    for (String marker : all.keySet()) {
      if (!marker.endsWith(MARKER)) {
        continue;
      }
      String shard = marker.substring(0, marker.length() - MARKER.length() + 1);
      for (String path : all.keySet()) {
        if (path.startsWith(shard)) {
          byte[] content = io.read(finalRoot.child(path)).orElseThrow();
          found.put(path, CanonicalJson.sha256Hex(content));
        }
      }
    }
    return found;
  }

  /** Changes a file that is committed. */
  void flipByte(String path) throws IOException {
    StoreLocation file = finalRoot.child(path);
    byte[] content = io().read(file).orElseThrow();
    content[content.length / 2] ^= 1;
    io().write(file, content);
  }

  private StoreIO io() throws IOException {
    return CampaignStorage.io(finalRoot, config().storage());
  }

  private CampaignConfig config() throws IOException {
    return new CampaignConfig.Text(configFile.toString(), Files.readString(configFile)).parse();
  }

  private CampaignSession session(CampaignConfig config) {
    return new CampaignSession(config, manifest, finalRoot, Clock.systemUTC());
  }
}
