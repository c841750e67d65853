package org.nbvrollouts.store.source.vin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.source.SampleIdentity;

/**
 * A line of {@code sample_index.jsonl}, also one of which only a part can be used.
 *
 * @param line from 1
 * @param fields those that keep their rule, as integer or text
 */
record VinIndexLine(int line, Map<String, Object> fields) {
  static final List<String> NUMBERS = List.of("sample_index", "row");
  static final List<String> TEXTS =
      List.of("sample_key", "scene_id", "snippet_id", "split", "shard_id");

  VinIndexLine {
    fields = Map.copyOf(fields);
  }

  Optional<Long> number(String key) {
    return Optional.ofNullable((Long) fields.get(key));
  }

  Optional<String> text(String key) {
    return Optional.ofNullable((String) fields.get(key));
  }

  /** The record, if every field of it can be used. */
  Optional<SampleIdentity> identity() {
    return fields.size() < NUMBERS.size() + TEXTS.size()
        ? Optional.empty()
        : Optional.of(
            new SampleIdentity(
                number("sample_index").orElseThrow(),
                text("sample_key").orElseThrow(),
                text("scene_id").orElseThrow(),
                text("snippet_id").orElseThrow(),
                text("split").orElseThrow(),
                text("shard_id").orElseThrow(),
                number("row").orElseThrow()));
  }
}
