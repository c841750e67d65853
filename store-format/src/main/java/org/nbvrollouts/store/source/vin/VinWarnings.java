package org.nbvrollouts.store.source.vin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.nbvrollouts.store.source.SampleIdentity;

/** What is legal in a store and still deserves a look. */
final class VinWarnings {
  private VinWarnings() {}

  static List<String> of(VinManifest manifest, List<SampleIdentity> records, VinFiles files) {
    List<String> warnings = new ArrayList<>();
    String file = files.place(VinManifest.FILE_NAME);
    if (manifest.stats().interrupted()) {
      warnings.add("The writing run was interrupted: the store is a part (file=" + file + ")");
    }
    if (!manifest.writtenByReference()) {
      warnings.add(
          "The manifest is not in the form its writer gives it: the hash of this file differs from"
              + " one over its values (file="
              + file
              + ")");
    }
    if (manifest.splitPolicy().equals(SampleSplit.POLICY)) {
      policy(records, file).ifPresent(warnings::add);
    }
    return warnings;
  }

  /** Rows in val that the recorded policy would not put there. */
  private static Optional<String> policy(List<SampleIdentity> records, String file) {
    Set<String> found =
        records.stream()
            .filter(record -> record.split().equals(SampleSplit.VAL))
            .map(SampleIdentity::sampleKey)
            .collect(Collectors.toSet());
    List<String> keys = records.stream().map(SampleIdentity::sampleKey).toList();
    if (found.size() == 0 || SampleSplit.val(keys, found.size()).equals(found)) {
      return Optional.empty();
    }
    return Optional.of(
        "The split is not the one of its policy "
            + SampleSplit.POLICY
            + " for as many rows in val (file="
            + file
            + ")");
  }
}
