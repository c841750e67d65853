package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/**
 * One component of a candidate mixture (specification generation 4.5 and 8).
 *
 * @param name unique in the mixture; part of the component seed
 * @param count rows drawn, exactly
 * @param viewMode where candidates look
 * @param positionMode where candidates stand; the family of the base when empty
 * @param shell changes of the region
 * @param view changes of the jitter
 */
public record CandidateComponentConfig(
    String name,
    int count,
    ViewStrategy viewMode,
    Optional<PositionFamily> positionMode,
    ShellOverrides shell,
    ViewJitterOverrides view) {

  public CandidateComponentConfig {
    ConfigCheck.notBlank("name", name);
    ConfigCheck.atLeast("count", count, 1);
  }

  /** A component that inherits region and jitter. */
  public static CandidateComponentConfig of(
      String name, int count, PositionFamily positionMode, ViewStrategy viewMode) {
    return of(name, count, positionMode, viewMode, ShellOverrides.none());
  }

  /** A component with a region of its own that inherits the jitter. */
  public static CandidateComponentConfig of(
      String name,
      int count,
      PositionFamily positionMode,
      ViewStrategy viewMode,
      ShellOverrides shell) {
    return new CandidateComponentConfig(
        name, count, viewMode, Optional.of(positionMode), shell, ViewJitterOverrides.none());
  }
}
