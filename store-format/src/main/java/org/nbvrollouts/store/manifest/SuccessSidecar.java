package org.nbvrollouts.store.manifest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * {@code _SUCCESS.json}: the commit marker. It is a function of the owner sidecar and of where the
 * store lies, so whoever completes a commit writes the same bytes (specification campaign 6).
 *
 * @param ownerSha256 canonical hash of the owner sidecar
 * @param storePath the store relative to the final directory: {@code .} or names below it
 */
public record SuccessSidecar(
    SidecarIdentity identity,
    String rolloutManifestSha256,
    String ownerSha256,
    String campaignId,
    String attemptId,
    String storePath,
    String filesSha256,
    String dataSha256) {

  /** Name of the file. */
  public static final String FILE_NAME = StoreSchema.ROLLOUT_SHARD_SUCCESS_FILENAME;

  /** Value of {@code sidecar_kind}. */
  public static final String KIND = "rollout_shard_success";

  /** Value of {@code store_path} where the final directory is the store. */
  public static final String STORE_IS_FINAL_DIRECTORY = ".";

  /**
   * The marker of an owner.
   *
   * @param ownerSha256 hash of the owner file as parsed, unknown keys included
   */
  public static SuccessSidecar of(OwnerSidecar owner, String ownerSha256, String storePath) {
    return new SuccessSidecar(
        SidecarIdentity.of(owner.entry()),
        owner.seal().rolloutManifestSha256(),
        ownerSha256,
        owner.origin().campaignId(),
        owner.origin().attemptId(),
        storePath,
        owner.seal().filesSha256(),
        owner.seal().dataSha256());
  }

  /** The file with all keys. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>(toReferenceJson());
    json.put("sidecar_version", AttemptOrigin.SIDECAR_VERSION);
    json.put("campaign_id", campaignId);
    json.put("attempt_id", attemptId);
    json.put("store_path", storePath);
    json.put("files_sha256", filesSha256);
    json.put("data_sha256", dataSha256);
    return json;
  }

  /** The keys of the first form of the file. */
  public Map<String, Object> toReferenceJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sidecar_kind", KIND);
    identity.putInto(json);
    json.put("rollout_manifest_sha256", rolloutManifestSha256);
    json.put("owner_sha256", ownerSha256);
    return json;
  }

  /** Canonical bytes of the file. */
  public byte[] toBytes() {
    return CanonicalJson.pretty(toJson()).getBytes(StandardCharsets.UTF_8);
  }
}
