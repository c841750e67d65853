package org.nbvrollouts.store.io;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * Address of a file or folder: a plain path of the local disk, or a URI with a scheme. The text is
 * kept as given, apart from trailing slashes, so that reports show what the user wrote.
 *
 * @param text path or URI with forward slashes, without a trailing slash
 */
public record StoreLocation(String text) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FILE_SCHEME = "file:";

  public StoreLocation {
    if (text == null || text.isBlank() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "Invalid location: " + text + " (expected a path or URI without NUL)");
    }
    int end = text.length();
    while (end > 1 && text.charAt(end - 1) == '/') {
      end--;
    }
    text = text.substring(0, end);
  }

  /** The location of a local path; relative paths stay relative. */
  public static StoreLocation of(Path path) {
    String text = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    return new StoreLocation(text.isEmpty() ? "." : text);
  }

  /**
   * A file or folder below this one.
   *
   * @param relative names joined by {@code /}; a name is never empty, {@code .} or {@code ..}, so
   *     the result is always below this location
   */
  public StoreLocation child(String relative) {
    if (!isContained(relative)) {
      throw new IllegalArgumentException(
          "Invalid relative path: "
              + relative
              + " (expected names joined by '/', none of them empty, '.' or '..')");
    }
    return new StoreLocation(text.equals("/") ? text + relative : text + "/" + relative);
  }

  /** Whether {@link #child} accepts the text, that is, whether it cannot leave the folder. */
  public static boolean isContained(String relative) {
    if (relative == null || relative.indexOf('\0') >= 0 || relative.indexOf('\\') >= 0) {
      return false;
    }
    int start = 0;
    for (int end = relative.indexOf('/'); end >= 0; end = relative.indexOf('/', start)) {
      if (!isName(relative, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return isName(relative, start, relative.length());
  }

  private static boolean isName(String path, int start, int end) {
    return switch (end - start) {
      case 0 -> false;
      case 1 -> path.charAt(start) != '.';
      case 2 -> !path.startsWith("..", start);
      default -> true;
    };
  }

  /** Last name of the path. */
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** Whether {@link LocalStoreIO} serves this location. */
  public boolean isLocal() {
    return text.startsWith(FILE_SCHEME) || !hasScheme();
  }

  /** At least two characters before a colon and a slash; one would be a drive. */
  private boolean hasScheme() {
    int colon = text.indexOf(":/");
    return colon >= 2
        && isLetter(text.charAt(0))
        && text.substring(1, colon)
            .chars()
            .allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || "+.-".indexOf(c) >= 0);
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** The local path; text after {@code file:} is taken literally, without percent decoding. */
  public Path localPath() {
    if (!isLocal()) {
      throw new IllegalArgumentException(
          "Invalid local location: " + text + " (expected a plain path or a file: URI)");
    }
    if (!text.startsWith(FILE_SCHEME + "/")) {
      return Path.of(text);
    }
    String path = text.substring(FILE_SCHEME.length());
    return Path.of(path.startsWith("//") ? path.substring(2) : path);
  }

  @Override
  public String toString() {
    return text;
  }
}
