package org.nbvrollouts.store.zip;

import org.nbvrollouts.store.error.InvalidContentException;

/** Words why one archive is refused. */
record ZipProblem(String location) {
  InvalidContentException of(String reason) {
    return new InvalidContentException(
        "Cannot read packed store: %s (file=%s)".formatted(reason, location));
  }

  InvalidContentException of(String reason, String member) {
    return new InvalidContentException(
        "Cannot read packed store: %s (file=%s, member=%s)"
            .formatted(reason, location, ZipNames.shown(member)));
  }
}
