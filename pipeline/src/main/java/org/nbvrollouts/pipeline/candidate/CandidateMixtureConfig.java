package org.nbvrollouts.pipeline.candidate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/** A base and the components drawn from it, in row order (specification generation 4.5). */
public record CandidateMixtureConfig(
    CandidateBaseConfig base, List<CandidateComponentConfig> components) {

  public CandidateMixtureConfig {
    components = List.copyOf(components);
    if (components.isEmpty()) {
      throw ConfigCheck.invalid("components", "[]", "at least one component");
    }
    Set<String> names = new HashSet<>();
    for (CandidateComponentConfig component : components) {
      if (!names.add(component.name())) {
        throw ConfigCheck.invalid("name", component.name(), "a name used by one component");
      }
      component.shell().applyTo(base.shell());
      component.view().applyTo(base.view());
    }
  }

  /** The realistic mixture of June 2026: 60 rows. */
  public static CandidateMixtureConfig juneDefault() {
    return new CandidateMixtureConfig(
        CandidateBaseConfig.juneDefault(),
        List.of(
            CandidateComponentConfig.of(
                "forward_local", 24, PositionFamily.FORWARD_LOCAL, ViewStrategy.FORWARD_RIG),
            CandidateComponentConfig.of(
                "target_bearing_local",
                24,
                PositionFamily.TARGET_BEARING_LOCAL,
                ViewStrategy.TARGET_POINT),
            CandidateComponentConfig.of(
                "lateral_target_bypass",
                12,
                PositionFamily.LATERAL_TARGET_BYPASS,
                ViewStrategy.TARGET_POINT)));
  }

  /** Number of candidates of a node, valid or not. */
  public int size() {
    return components.stream().mapToInt(CandidateComponentConfig::count).sum();
  }
}
