package org.nbvrollouts.jobs.benchmark;

/** What differs between the points of a benchmark. */
public enum Varied {
  FACES("faces of the mesh"),
  CANDIDATES("candidates per node"),
  HORIZON("steps of every recipe"),
  PIXELS("columns and rows of a view"),
  ROWS("source rows");

  private final String words;

  Varied(String words) {
    this.words = words;
  }

  /** For axes and headings. */
  public String words() {
    return words;
  }
}
