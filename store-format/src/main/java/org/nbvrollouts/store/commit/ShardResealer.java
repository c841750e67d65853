package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.OwnerSidecarParser;
import org.nbvrollouts.store.manifest.StoreSeal;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/**
 * Seals a private copy of a committed shard whose store lies there in another layout. Owner and
 * marker name the files of the copy; whatever else they say stays, unknown keys included, so laying
 * the store out as before gives the first two sidecars again. A copy becomes visible by the rename
 * of its folder, marker included: it never competes for a shard of a campaign.
 */
public final class ShardResealer {
  private static final List<String> OF_FILES = List.of("files", "files_sha256", "storage");

  private final StoreIO io;

  public ShardResealer(StoreIO io) {
    this.io = io;
  }

  /**
   * Writes owner and marker of a copy.
   *
   * @param original store of the shard that was copied; verified by the caller
   * @param copy store of the copy, complete but for its owner
   * @param shard folder of the copy, which gets the marker
   * @param storePath the copied store relative to that folder, as its marker says it
   */
  public void reseal(
      StoreLocation original, StoreLocation copy, StoreLocation shard, String storePath)
      throws IOException {
    StoreLocation file = original.child(OwnerSidecar.FILE_NAME);
    byte[] bytes =
        io.read(file).orElseThrow(() -> new IOException("the owner is gone (file=" + file + ")"));
    Map<String, Object> json = new TreeMap<>(JsonParser.parseObject(bytes, file.text()));
    OwnerSidecar owner = OwnerSidecarParser.parse(json, file.text());
    StoreSeal seal =
        StoreSeal.of(
            new StoreFiles(io).seal(copy, List.of()),
            owner.seal().dataSha256(),
            owner.seal().rolloutManifestSha256());
    OwnerSidecar resealed =
        new OwnerSidecar(
            owner.entry(),
            owner.origin(),
            seal,
            owner.counts(),
            owner.runtime(),
            owner.sourceOutcomes(),
            owner.timingsMs());
    Map<String, Object> ofFiles = resealed.toJson();
    OF_FILES.forEach(key -> json.put(key, ofFiles.get(key)));
    io.write(
        copy.child(OwnerSidecar.FILE_NAME),
        CanonicalJson.pretty(json).getBytes(StandardCharsets.UTF_8));
    SuccessSidecar marker =
        SuccessSidecar.of(resealed, CanonicalJson.manifestSha256(json), storePath);
    io.write(shard.child(SuccessSidecar.FILE_NAME), marker.toBytes());
  }
}
