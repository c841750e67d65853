package org.nbvrollouts.pipeline.candidate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.schema.PositionFamily;

/**
 * A base and the components drawn from it, in row order (specification generation 4.5). Presets are
 * in {@link CandidateMixtures}.
 */
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
      if (component.positionMode().orElse(base.positionMode()) == PositionFamily.TARGET_ORBIT) {
        throw ConfigCheck.invalid("position_mode", "target_orbit", "a family with a direction");
      }
      component.shell().applyTo(base.shell());
      component.view().applyTo(base.view());
    }
  }

  /** The realistic mixture of June 2026: 60 rows. */
  public static CandidateMixtureConfig juneDefault() {
    return CandidateMixtures.realistic();
  }

  /** Number of candidates of a node, valid or not. */
  public int size() {
    return components.stream().mapToInt(CandidateComponentConfig::count).sum();
  }
}
