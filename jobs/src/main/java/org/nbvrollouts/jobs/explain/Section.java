package org.nbvrollouts.jobs.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts under one heading.
 *
 * @param key name in JSON
 * @param title heading for people
 */
record Section(String key, String title, List<Fact> facts) {

  Section {
    facts = List.copyOf(facts);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    facts.forEach(fact -> json.put(fact.key(), fact.toJson()));
    return json;
  }
}
