package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code _owner.json} in its extended form (specification campaign 6). */
public final class OwnerSidecarParser {
  private OwnerSidecarParser() {}

  /**
   * Reads the parsed JSON of the file.
   *
   * @param file name for messages
   * @throws org.nbvrollouts.store.error.InvalidContentException listing every problem
   */
  public static OwnerSidecar parse(Map<String, Object> json, String file) {
    List<String> problems = new ArrayList<>();
    JsonFields fields = new JsonFields(json, problems);
    fields.constant("sidecar_kind", OwnerSidecar.KIND);
    RolloutShardEntry entry =
        ShardEntryParser.parse(fields.object("shard_entry"), problems, new ArrayList<>());
    if (!SidecarIdentity.parse(fields, problems).equals(SidecarIdentity.of(entry))) {
      problems.add("Invalid shard_entry: it contradicts the keys beside it (expected the same)");
    }
    StoreSeal seal =
        StoreSeal.of(
            fields.objects("files").stream().map(item -> StoreFile.parse(item, problems)).toList(),
            fields.text("data_sha256"),
            fields.text("rollout_manifest_sha256"));
    fields.constant("files_sha256", seal.filesSha256());
    OwnerSidecar owner =
        new OwnerSidecar(
            entry,
            AttemptOrigin.parse(fields),
            seal,
            ShardCounts.parse(fields.object("counts")),
            fields.objectMap("runtime"),
            fields.objects("source_outcomes").stream()
                .map(outcome -> SourceOutcome.parse(outcome, problems))
                .toList(),
            fields.integers("timings_ms"));
    JsonFields.refuse("owner sidecar", file, problems);
    return owner;
  }
}
