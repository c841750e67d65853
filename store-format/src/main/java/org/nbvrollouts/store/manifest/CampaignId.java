package org.nbvrollouts.store.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * The id of a campaign, from its entries one by one. It depends on what the plan builds and not on
 * when or where it was made: planning the same rows with the same configuration again continues the
 * same campaign, also after the data set moved.
 */
final class CampaignId {
  private static final int ID_DIGITS = 16;

  private final MessageDigest sha256;
  private boolean isEmpty = true;

  CampaignId() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds the next entry, in the form it has as an element of a canonical JSON array. */
  void add(RolloutShardEntry entry) {
    String element =
        CanonicalJson.pretty(
            List.of(
                entry.shardId(),
                entry.split(),
                entry.writerConfigHash(),
                entry.sourceManifestHash(),
                entry.sourceCacheVersion(),
                entry.splitManifestHash()));
    update((isEmpty ? "[\n  " : ",\n  ") + element.replace("\n", "\n  "));
    isEmpty = false;
  }

  /** The id; nothing can be added afterwards. */
  String text() {
    update(isEmpty ? "[]" : "\n]");
    return "campaign-" + HexFormat.of().formatHex(sha256.digest()).substring(0, ID_DIGITS);
  }

  private void update(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
