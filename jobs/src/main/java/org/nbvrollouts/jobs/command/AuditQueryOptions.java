package org.nbvrollouts.jobs.command;

import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditQuery;
import picocli.CommandLine.Option;

/** Which rows of a view are wanted. */
final class AuditQueryOptions {
  @Option(names = "--rollout", paramLabel = "ROW", description = "Only of this rollout row")
  Long rollout;

  @Option(names = "--step", paramLabel = "ROW", description = "Only of this step row")
  Long step;

  AuditQuery query(OptionalLong most) {
    return new AuditQuery(optional(rollout), optional(step), most);
  }

  static OptionalLong optional(Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
