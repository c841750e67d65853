package org.nbvrollouts.pipeline.oracle;

/** A target cannot be scored at a node; a fact about the data, not a failure of the run. */
public final class UnscorableTargetException extends Exception {
  private static final long serialVersionUID = 1L;

  private final TargetFailure failure;

  UnscorableTargetException(TargetFailure failure, String message) {
    super(message);
    this.failure = failure;
  }

  public TargetFailure failure() {
    return failure;
  }
}
