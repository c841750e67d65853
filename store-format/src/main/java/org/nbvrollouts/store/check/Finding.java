package org.nbvrollouts.store.check;

/**
 * One problem of a store.
 *
 * @param code number of the check, {@code A1} to {@code I10}, {@code X1} to {@code X13} or {@code
 *     L1} to {@code L6}
 * @param path array or group, or empty for the root
 * @param row first row concerned, −1 if none
 * @param message what is wrong, in a sentence
 */
public record Finding(String code, String path, long row, String message) {

  @Override
  public String toString() {
    String where = path.isEmpty() ? "" : " " + path + (row < 0 ? "" : "[" + row + "]");
    return code + where + ": " + message;
  }
}
