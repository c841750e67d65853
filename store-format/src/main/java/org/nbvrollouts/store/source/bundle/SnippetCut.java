package org.nbvrollouts.store.source.bundle;

/**
 * How a trajectory is cut into snippets.
 *
 * @param poses poses per snippet
 * @param stride poses from the start of one snippet to the start of the next
 */
public record SnippetCut(int poses, int stride) {
  public static final SnippetCut DEFAULT = new SnippetCut(20, 20);

  public SnippetCut {
    if (poses < 2 || stride < 1) {
      throw new IllegalArgumentException(
          "Invalid snippets: poses="
              + poses
              + ", stride="
              + stride
              + " (expected at least 2 poses and a stride of at least 1)");
    }
  }

  /** Whole snippets in a trajectory; one of all poses if it is shorter than a snippet. */
  int count(int trajectoryPoses) {
    return trajectoryPoses < poses ? 1 : (trajectoryPoses - poses) / stride + 1;
  }
}
