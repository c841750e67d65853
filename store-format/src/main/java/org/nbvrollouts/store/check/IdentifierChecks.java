package org.nbvrollouts.store.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;
import org.nbvrollouts.store.table.IdentifierCompaction;

/** H12: target identifiers name the snippet of their rollout (specification store 6). */
final class IdentifierChecks {
  private static final Pattern COMPACT = Pattern.compile("ASE_[^_]+_Atek_[^_:/.\\s]+");

  private final CheckContext context;

  IdentifierChecks(CheckContext context) {
    this.context = context;
  }

  /** Reports the first case of each level; a case in compact form must not hide a raw one. */
  void run() {
    Elements snippets = context.array("rollouts/snippet_id");
    Elements rolloutTargets = context.array("rollouts/target_row_id");
    IdIndex targets = context.index("targets/target_row_id");
    Set<CheckLevel> reported = EnumSet.noneOf(CheckLevel.class);
    for (int row = 0; row < snippets.rows() && reported.size() < 2; row++) {
      int target = targets.row(rolloutTargets.longAt(row));
      String snippet = context.text("snippet", snippets.longAt(row));
      if (target < 0) {
        continue;
      }
      for (String column : List.of("target_id", "matched_gt_target_id")) {
        String path = "targets/" + column;
        String identifier = context.text("target", context.array(path).longAt(target));
        if (namesAnother(identifier, snippet)) {
          String message =
              "%s %s names another snippet than %s".formatted(column, identifier, snippet);
          if (isRaw(identifier) && reported.add(CheckLevel.CORE)) {
            context.fail("H12", path, target, message);
          } else if (!isRaw(identifier) && reported.add(CheckLevel.STRICT)) {
            // The reference overlooks identifiers in compact form.
            context.failStrictly("H12", path, target, message);
          }
        }
      }
    }
  }

  private static boolean isRaw(String identifier) {
    return identifier.contains("AtekDataSample_")
        || identifier.contains("AriaSyntheticEnvironment_");
  }

  private static boolean namesAnother(String identifier, String snippet) {
    if (identifier.isEmpty()
        || snippet.isEmpty()
        || identifier.contains(snippet)
        || identifier.contains(IdentifierCompaction.compact(snippet))) {
      return false;
    }
    if (IdentifierCompaction.expand(snippet).filter(identifier::contains).isPresent()) {
      return false;
    }
    return isRaw(identifier) || COMPACT.matcher(identifier).find();
  }
}
