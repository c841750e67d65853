package org.nbvrollouts.store.source.vin;

import java.util.Locale;

/** Why a row of a VIN offline store has no partner in the source (rule S-5). */
public enum UnjoinedReason {
  /** The source has no snippet of the scene. */
  SCENE_MISSING("the source has no snippet of the scene"),
  /** The source has the scene, but not the snippet. */
  SNIPPET_MISSING("the source has the scene, but not this snippet"),
  /** The source has the snippet under another sample key. */
  KEY_DIFFERS("the source has the snippet under another sample key"),
  /** A later row of the store describes the same snippet. */
  SUPERSEDED("a later row of the store describes the same snippet");

  private final String words;

  UnjoinedReason(String words) {
    this.words = words;
  }

  /** The reason in words. */
  public String words() {
    return words;
  }

  /** The name in manifests. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
