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
 * @param ecmaNumbers true for the number text of ECMAScript, false for that of Python
 */
record JsonLayout(
    String itemSeparator,
    String keySeparator,
    boolean indented,
    Escape escape,
    KeyOrder keyOrder,
    boolean nonFinite,
    boolean ecmaNumbers) {

  static final JsonLayout PRETTY =
      new JsonLayout(",", ": ", true, Escape.ASCII, KeyOrder.CODE_POINT, false, false);
  static final JsonLayout PRETTY_NON_FINITE =
      new JsonLayout(",", ": ", true, Escape.ASCII, KeyOrder.CODE_POINT, true, false);
  static final JsonLayout LINE =
      new JsonLayout(", ", ": ", false, Escape.ASCII, KeyOrder.CODE_POINT, false, false);
  static final JsonLayout COMPACT =
      new JsonLayout(",", ":", false, Escape.CONTROLS, KeyOrder.GIVEN, false, false);
  static final JsonLayout COMPACT_ASCII =
      new JsonLayout(",", ":", false, Escape.ASCII, KeyOrder.GIVEN, false, false);
  static final JsonLayout RFC_8785 =
      new JsonLayout(",", ":", false, Escape.CONTROLS, KeyOrder.UTF_16, false, true);

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
