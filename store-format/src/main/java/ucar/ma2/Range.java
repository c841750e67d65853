package ucar.ma2;

/** Indices from first to last, both included. */
public final class Range {
  private final int first;
  private final int length;

  public Range(int first, int last) throws InvalidRangeException {
    if (first < 0 || last < first - 1) {
      throw new InvalidRangeException("Invalid range: " + first + " to " + last);
    }
    this.first = first;
    this.length = last - first + 1;
  }

  int first() {
    return first;
  }

  int length() {
    return length;
  }
}
