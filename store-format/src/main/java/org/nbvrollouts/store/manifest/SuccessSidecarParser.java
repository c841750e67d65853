package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code _SUCCESS.json} in its extended form (specification campaign 6). */
public final class SuccessSidecarParser {
  private SuccessSidecarParser() {}

  /**
   * Reads the parsed JSON of the file. Whether {@code store_path} stays inside the final directory
   * is for the reader to check, who has its own reason for it.
   *
   * @param file name for messages
   * @throws org.nbvrollouts.store.error.InvalidContentException listing every problem
   */
  public static SuccessSidecar parse(Map<String, Object> json, String file) {
    List<String> problems = new ArrayList<>();
    JsonFields fields = new JsonFields(json, problems);
    fields.constant("sidecar_kind", SuccessSidecar.KIND);
    fields.constant("sidecar_version", AttemptOrigin.SIDECAR_VERSION);
    SuccessSidecar marker =
        new SuccessSidecar(
            SidecarIdentity.parse(fields, problems),
            fields.text("rollout_manifest_sha256"),
            fields.text("owner_sha256"),
            fields.text("campaign_id"),
            fields.text("attempt_id"),
            fields.text("store_path"),
            fields.text("files_sha256"),
            fields.text("data_sha256"));
    JsonFields.refuse("commit marker", file, problems);
    return marker;
  }
}
