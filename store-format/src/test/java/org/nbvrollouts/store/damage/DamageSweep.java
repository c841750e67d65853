package org.nbvrollouts.store.damage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.commit.ShardEvidence;
import org.nbvrollouts.store.commit.ShardFinding;
import org.nbvrollouts.store.commit.StoreInspection;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * Applies damages one at a time and asks the verifier, and the content checks, whether they see it.
 */
final class DamageSweep {
  private final CommittedShards shards;
  private final Map<DamageKind, Tally> tallies = new EnumMap<>(DamageKind.class);
  private final List<String> missed = new ArrayList<>();
  private final List<String> unnamed = new ArrayList<>();
  private final List<String> thrown = new ArrayList<>();

  /** Numbers of one kind. */
  private static final class Tally {
    private int tried;
    private int detected;
    private int decoded;
    private int refusedByContent;
    private int sealBroken;
    private int sameContent;
  }

  DamageSweep(CommittedShards shards) {
    this.shards = shards;
  }

  /** Damages that {@code files} level did not see. */
  List<String> missed() {
    return missed;
  }

  /** Damages whose findings name no damaged file. */
  List<String> unnamed() {
    return unnamed;
  }

  /** Damages that made a check throw. */
  List<String> thrown() {
    return thrown;
  }

  /**
   * Runs the damages.
   *
   * @param every of the damages to each whole file, one of so many is done; 1 for all
   * @param contentEvery content is decoded and validated after each so many-th damage
   */
  void run(List<Damage> damages, int every, int contentEvery) throws IOException {
    for (int i = 0; i < damages.size(); i++) {
      if (damages.get(i).kind().isOfEachFile() && i % every != 0) {
        continue;
      }
      Damage damage = damages.get(i);
      Tally tally = tallies.computeIfAbsent(damage.kind(), kind -> new Tally());
      damage.action().apply(shards);
      try {
        judgeFiles(damage, tally);
        if (i % contentEvery == 0) {
          judgeContent(damage, tally);
        }
      } finally {
        shards.restore();
      }
    }
  }

  private void judgeFiles(Damage damage, Tally tally) {
    tally.tried++;
    ShardEvidence evidence = shards.verify(damage.entry(), VerifyLevel.FILES);
    boolean isWarningEnough = damage.kind() == DamageKind.FILE_ADDED;
    if (isWarningEnough ? evidence.findings().isEmpty() : evidence.isCurrent()) {
      missed.add(damage.toString());
      return;
    }
    tally.detected++;
    // Without its marker a shard that a pointer published is missing, which says it all.
    boolean named =
        evidence.presence() == ShardEvidence.Presence.ATTEMPTS_ONLY
            || evidence.findings().stream()
                .map(ShardFinding::detail)
                .anyMatch(detail -> damage.paths().stream().anyMatch(detail::contains));
    if (!named) {
      unnamed.add(damage + ": " + evidence.findings());
    }
  }

  private void judgeContent(Damage damage, Tally tally) {
    StoreLocation store = shards.storeOf(damage.entry());
    String sealed =
        shards.verify(damage.entry(), VerifyLevel.MARKER).owner().isPresent()
            ? shards
                .verify(damage.entry(), VerifyLevel.MARKER)
                .owner()
                .orElseThrow()
                .seal()
                .dataSha256()
            : "";
    tally.decoded++;
    try {
      StoreInspection.InspectedStore found = new StoredContent().inspect(store);
      if (!found.problems().isEmpty()) {
        tally.refusedByContent++;
      } else if (!found.dataSha256().equals(sealed)) {
        tally.sealBroken++;
      } else {
        tally.sameContent++;
      }
    } catch (RuntimeException e) {
      thrown.add(damage + ": " + e);
    }
  }

  /** The numbers, for people. */
  String report() {
    StringBuilder text = new StringBuilder();
    String row = "%-24s %7s %9s %7s | %8s %8s %11s %5s%n";
    text.append(
        row.formatted(
            "kind", "tried", "detected", "missed", "decoded", "invalid", "seal broken", "same"));
    Tally sum = new Tally();
    for (Map.Entry<DamageKind, Tally> line : tallies.entrySet()) {
      Tally tally = line.getValue();
      append(text, row, line.getKey().text(), tally);
      sum.tried += tally.tried;
      sum.detected += tally.detected;
      sum.decoded += tally.decoded;
      sum.refusedByContent += tally.refusedByContent;
      sum.sealBroken += tally.sealBroken;
      sum.sameContent += tally.sameContent;
    }
    append(text, row, "all", sum);
    return text.toString();
  }

  private static void append(StringBuilder text, String row, String name, Tally tally) {
    text.append(
        row.formatted(
            name,
            tally.tried,
            tally.detected,
            tally.tried - tally.detected,
            tally.decoded,
            tally.refusedByContent,
            tally.sealBroken,
            tally.sameContent));
  }
}
