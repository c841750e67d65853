package org.nbvrollouts.store.damage;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nbvrollouts.store.check.Finding;
import org.nbvrollouts.store.check.RolloutZarrValidationResult;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.commit.StoreInspection;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreLayout;

/** Full validation and logical seal of a store in a local directory. */
final class StoredContent implements StoreInspection {
  @Override
  public InspectedStore inspect(StoreLocation store) {
    try (RolloutZarrStoreReader reader =
        RolloutZarrStoreReader.open(StoreLayout.filesAt(store.localPath()))) {
      RolloutZarrValidationResult verdict = RolloutZarrValidator.validateRolloutZarrStore(reader);
      ShardCounts counts =
          new ShardCounts(verdict.numRollouts(), verdict.numSteps(), verdict.numCandidates());
      if (!verdict.isStrictlyOk()) {
        List<String> problems =
            Stream.concat(verdict.findings().stream(), verdict.strictFindings().stream())
                .map(Finding::toString)
                .toList();
        return new InspectedStore(problems, counts, "", Map.of(), List.of());
      }
      return new InspectedStore(
          List.of(), counts, StoreSeals.of(reader).dataSha256(), Map.of(), List.of());
    } catch (InvalidContentException e) {
      return new InspectedStore(List.of(e.getMessage()), ShardCounts.NONE, "", Map.of(), List.of());
    }
  }
}
