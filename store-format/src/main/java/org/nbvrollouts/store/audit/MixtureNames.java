package org.nbvrollouts.store.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Names of the components of the candidate mixture, from the configuration in the manifest. */
final class MixtureNames {
  private static final List<String> KEYS = List.of("name", "family", "position_mode");

  private final List<String> names;

  private MixtureNames(List<String> names) {
    this.names = names;
  }

  /** Those of a store; none if its manifest is missing, unreadable or of another form. */
  static MixtureNames of(RolloutZarrStoreReader store) {
    List<String> names = new ArrayList<>();
    Object node = manifest(store);
    for (String key : List.of("generation", "writer_config", "candidate_mixture", "components")) {
      node = node instanceof Map<?, ?> map ? map.get(key) : null;
    }
    if (node instanceof List<?> components) {
      components.forEach(component -> names.add(name(component)));
    }
    return new MixtureNames(names);
  }

  private static Object manifest(RolloutZarrStoreReader store) {
    try {
      return store.manifestDocument().orElse(null);
    } catch (InvalidContentException e) {
      // Names are a service; info --validate says what is wrong with the manifest.
      return null;
    }
  }

  private static String name(Object component) {
    if (component instanceof Map<?, ?> map) {
      for (String key : KEYS) {
        if (map.get(key) instanceof String text && !text.isEmpty()) {
          return text;
        }
      }
    }
    return "";
  }

  /** Name of an id; a negative one reads {@code unknown}, one without name {@code component_n}. */
  String name(long id) {
    if (id < 0) {
      return "unknown";
    }
    String name = id < names.size() ? names.get((int) id) : "";
    return name.isEmpty() ? "component_" + id : name;
  }
}
