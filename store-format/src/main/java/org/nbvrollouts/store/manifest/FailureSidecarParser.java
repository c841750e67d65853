package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a failure marker in its extended form (specification campaign 6). */
public final class FailureSidecarParser {
  private static final String OBSERVED = "observed_";

  private FailureSidecarParser() {}

  /**
   * Reads the parsed JSON of the file.
   *
   * @param file name for messages
   * @throws org.nbvrollouts.store.error.InvalidContentException listing every problem
   */
  public static FailureSidecar parse(Map<String, Object> json, String file) {
    List<String> problems = new ArrayList<>();
    JsonFields fields = new JsonFields(json, problems);
    fields.constant("sidecar_kind", FailureSidecar.KIND);
    Map<String, String> observed = new LinkedHashMap<>();
    for (String key : json.keySet()) {
      if (key.startsWith(OBSERVED)) {
        observed.put(key.substring(OBSERVED.length()), fields.text(key));
      }
    }
    FailureSidecar failure =
        new FailureSidecar(
            SidecarIdentity.parse(fields, problems),
            AttemptOrigin.parse(fields),
            detail(fields, problems),
            fields.objectMap("runtime"),
            observed,
            fields.objects("source_outcomes").stream()
                .map(outcome -> SourceOutcome.parse(outcome, problems))
                .toList(),
            fields.integers("timings_ms"));
    JsonFields.refuse("failure marker", file, problems);
    return failure;
  }

  private static FailureDetail detail(JsonFields fields, List<String> problems) {
    String kind = fields.text("failure_kind");
    if (FailureKind.find(kind).isEmpty()) {
      problems.add("Invalid failure_kind: " + kind + " (expected a kind of campaign 9.7)");
    }
    return new FailureDetail(
        FailureKind.find(kind).orElse(FailureKind.INTERNAL_ERROR),
        fields.text("stage"),
        fields.text("error_type"),
        fields.text("error"));
  }
}
