package ucar.ma2;

/** A section or range that does not lie in its array. */
public class InvalidRangeException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidRangeException(String message) {
    super(message);
  }
}
