package org.nbvrollouts.store.json;

/**
 * The text forms of {@link CanonicalJson} as data.
 *
 * @param itemSeparator between items that share a line
 * @param keySeparator between key and value
 * @param indented one item per line with two-space indentation
 * @param escape which characters are escaped
 * @param keyOrder order of object keys
 * @param nonFinite true if NaN and infinities are written as bare words
 * @param numbers text of floating-point numbers
 */
record JsonLayout(
    String itemSeparator,
    String keySeparator,
    boolean indented,
    Escape escape,
    KeyOrder keyOrder,
    boolean nonFinite,
    Numbers numbers) {

  static final JsonLayout PRETTY =
      new JsonLayout(",", ": ", true, Escape.ASCII, KeyOrder.CODE_POINT, false, Numbers.PYTHON);
  static final JsonLayout PRETTY_NON_FINITE =
      new JsonLayout(",", ": ", true, Escape.ASCII, KeyOrder.CODE_POINT, true, Numbers.PYTHON);
  static final JsonLayout LINE =
      new JsonLayout(", ", ": ", false, Escape.ASCII, KeyOrder.CODE_POINT, false, Numbers.PYTHON);
  static final JsonLayout COMPACT =
      new JsonLayout(",", ":", false, Escape.CONTROLS, KeyOrder.GIVEN, false, Numbers.PYTHON);
  static final JsonLayout RFC_8785 =
      new JsonLayout(",", ":", false, Escape.CONTROLS, KeyOrder.UTF_16, false, Numbers.ECMA_SCRIPT);
  static final JsonLayout MSGSPEC =
      new JsonLayout(",", ":", false, Escape.CONTROLS, KeyOrder.GIVEN, false, Numbers.MSGSPEC);

  enum Numbers {
    PYTHON,
    ECMA_SCRIPT,
    /** Plain from 1e-5 up to 1e16, {@code 1e16} and {@code 1e-6} beyond. */
    MSGSPEC
  }

  enum Escape {
    /** Everything outside U+0020 to U+007E. */
    ASCII,
    /** Only what JSON demands: quote, backslash and U+0000 to U+001F. */
    CONTROLS
  }

  enum KeyOrder {
    GIVEN,
    CODE_POINT,
    UTF_16
  }
}
