package org.nbvrollouts.store.damage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.commit.PointerPublisher;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.CampaignHeaderParser;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.FailureSidecar;
import org.nbvrollouts.store.manifest.FailureSidecarParser;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.OwnerSidecarParser;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardManifest;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.manifest.ShardManifestParser;
import org.nbvrollouts.store.manifest.SidecarIdentity;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.manifest.SuccessSidecarParser;
import org.nbvrollouts.store.source.mesh.MeshFiles;
import org.nbvrollouts.store.source.rollout.SourceFixtures;
import org.nbvrollouts.store.status.StatusReportParser;
import org.nbvrollouts.store.zarr.StoreLayout;
import org.nbvrollouts.store.zip.ZipArchive;
import org.nbvrollouts.store.zip.ZipBytes;
import org.nbvrollouts.store.zip.ZipMember;

/** Parsers of plans, sidecars and meshes. */
final class DocumentTargets {
  private static final String REPORT =
      """
      {"campaign_id": "campaign-0123456789abcdef", "counts": {"succeeded": 1, "missing": 1},
       "shards": [
         {"shard_id": "shard-000000", "status": "succeeded", "owner_sha256": "%s", "rows": [1, 2]},
         {"shard_id": "shard-000001", "status": "missing", "reasons": []}],
       "complete": false}
      """
          .formatted("a".repeat(64));

  private DocumentTargets() {}

  /**
   * The targets.
   *
   * @param folder for files that have to be on disk
   */
  static List<FuzzTarget> all(Path folder) throws IOException {
    CommittedShards shards =
        new CommittedShards(
            folder.resolve("campaign"), 1, 5, new PointerPublisher(Durability.BUFFERED));
    RolloutShardEntry entry = shards.entries().get(0);
    Map<String, byte[]> files = shards.filesOf(entry);
    byte[] owner = endingWith(files, "/_owner.json");
    byte[] marker = endingWith(files, "/_SUCCESS.json");
    byte[] manifest = endingWith(files, "/manifest.json");
    String plan =
        CanonicalJson.line(entry.toJson())
            + "\n"
            + CanonicalJson.line(ManifestFixtures.entryE().toJson())
            + "\n";
    List<FuzzTarget> targets = new ArrayList<>();
    targets.add(
        new FuzzTarget(
            "json",
            List.of(manifest, marker),
            input -> CanonicalJson.manifestSha256(JsonParser.parseWithNonFinite(input, "f"))));
    targets.add(
        new FuzzTarget(
            "plan",
            List.of(plan.getBytes(StandardCharsets.UTF_8)),
            input -> ShardManifestParser.parse(input, "f")));
    targets.add(
        new FuzzTarget(
            "owner",
            List.of(owner),
            input -> OwnerSidecarParser.parse(JsonParser.parseObject(input, "f"), "f").toBytes()));
    targets.add(
        new FuzzTarget(
            "marker",
            List.of(marker),
            input ->
                SuccessSidecarParser.parse(JsonParser.parseObject(input, "f"), "f").toBytes()));
    targets.add(
        new FuzzTarget(
            "campaign",
            List.of(header(shards)),
            input -> CampaignHeaderParser.parse(input, "f").toBytes()));
    targets.add(
        new FuzzTarget(
            "failure",
            List.of(failure(owner)),
            input ->
                FailureSidecarParser.parse(JsonParser.parseObject(input, "f"), "f").toBytes()));
    targets.add(
        onDisk(
            "plan-lines",
            folder.resolve("shards.jsonl"),
            List.of(plan.getBytes(StandardCharsets.UTF_8)),
            file -> {
              ShardManifestFile read = ShardManifestFile.open(file);
              read.entries().forEach(RolloutShardEntry::toJson);
              return read;
            }));
    targets.add(
        onDisk(
            "status-report",
            folder.resolve("status.json"),
            List.of(REPORT.getBytes(StandardCharsets.UTF_8)),
            StatusReportParser::ownersOfFinished));
    targets.addAll(meshes(folder));
    targets.add(archive(folder));
    return targets;
  }

  private static byte[] header(CommittedShards shards) {
    ShardManifest manifest = ShardManifest.of("plan", shards.entries());
    return new CampaignHeader(
            ManifestFixtures.campaignIdOf(manifest),
            "2026-06-01T12:00:00Z",
            ManifestFixtures.planOf(manifest, 1, ShardGrouping.SCENE, "by_scene"),
            "/data/source",
            Map.of("profile", "smoke", "steps", 3L),
            "0.1.0")
        .toBytes();
  }

  private static byte[] failure(byte[] ownerBytes) {
    OwnerSidecar owner = OwnerSidecarParser.parse(JsonParser.parseObject(ownerBytes, "o"), "o");
    return new FailureSidecar(
            SidecarIdentity.of(owner.entry()),
            owner.origin(),
            new FailureDetail(FailureKind.CONFIG_DRIFT, "S0", "SomeException", "text"),
            Map.of("java", "17"),
            Map.of("writer_config_hash", "cfg1:0000000000000000"),
            List.of(SourceOutcome.generated(0, 1, "stored", Map.of())),
            Map.of("generate", 3L))
        .toBytes();
  }

  private static FuzzTarget archive(Path folder) throws IOException {
    CommittedShards packed =
        new CommittedShards(
            folder.resolve("packed"),
            1,
            5,
            new PointerPublisher(Durability.BUFFERED),
            StoreLayout.PACKED);
    byte[] valid = endingWith(packed.filesOf(packed.entries().get(0)), StoreLayout.ARCHIVE_NAME);
    return new FuzzTarget(
        "zip",
        List.of(valid),
        input -> {
          ZipArchive archive = ZipArchive.open(new BytesInMemory(input));
          for (ZipMember member : archive.members().values()) {
            archive.read(member);
          }
        });
  }

  private static final class BytesInMemory implements ZipBytes {
    private final byte[] content;

    BytesInMemory(byte[] content) {
      this.content = content;
    }

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public byte[] read(long offset, int length) {
      int from = (int) Math.min(content.length, Math.max(0, offset));
      return Arrays.copyOfRange(
          content, from, (int) Math.min(content.length, from + (long) length));
    }

    @Override
    public String location() {
      return "memory";
    }
  }

  private static byte[] endingWith(Map<String, byte[]> files, String end) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(end))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<FuzzTarget> meshes(Path folder) throws IOException {
    Path ply = folder.resolve("valid.ply");
    MeshFiles.writePly(SourceFixtures.tetrahedron(1), ply);
    return List.of(
        onDisk(
            "ply",
            folder.resolve("mesh.ply"),
            List.of(Files.readAllBytes(ply), resource("polygons.ply"), resource("no-faces.ply")),
            MeshFiles::load),
        onDisk(
            "obj",
            folder.resolve("mesh.obj"),
            List.of(resource("square.obj"), resource("no-faces.obj")),
            MeshFiles::load));
  }

  private static byte[] resource(String name) {
    try (var input = MeshFiles.class.getResourceAsStream(name)) {
      return input.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A parser that reads a file. */
  private interface FileParser {
    Object parse(Path file) throws Exception;
  }

  private static FuzzTarget onDisk(String name, Path file, List<byte[]> seeds, FileParser parser) {
    return new FuzzTarget(
        name,
        seeds,
        input -> {
          Files.write(file, input);
          parser.parse(file);
        });
  }
}
