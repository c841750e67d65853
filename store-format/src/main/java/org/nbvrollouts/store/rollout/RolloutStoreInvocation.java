package org.nbvrollouts.store.rollout;

import java.util.List;
import java.util.Optional;

/**
 * How a store came to be built (specification store 7.4). Recorded in the manifest, and volatile:
 * no hash over data contains it.
 *
 * @param mode {@code programmatic} or {@code cli}
 * @param argv arguments of the command, without secrets
 * @param configPath absolute path of the configuration file
 * @param rawTomlSha256 SHA-256 of its UTF-8 text
 * @param rawTomlText the text itself
 */
public record RolloutStoreInvocation(
    String mode,
    List<String> argv,
    Optional<String> configPath,
    Optional<String> rawTomlSha256,
    Optional<String> rawTomlText) {

  public RolloutStoreInvocation {
    argv = List.copyOf(argv);
  }

  /** A call from code, without command line and file. */
  public static RolloutStoreInvocation programmatic() {
    return new RolloutStoreInvocation(
        "programmatic", List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
