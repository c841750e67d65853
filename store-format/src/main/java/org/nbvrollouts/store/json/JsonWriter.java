package org.nbvrollouts.store.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes one value in one layout. Not reusable. */
final class JsonWriter {
  private static final BigInteger LARGEST_EXACT = BigInteger.valueOf((1L << 53) - 1);
  private static final HexFormat HEX = HexFormat.of();
  private static final String INDENT = "  ";

  /** A marker or an entry fits. */
  private static final int FIRST_CHARACTERS = 1024;

  private static final Comparator<Map.Entry<String, ?>> BY_CODE_POINT =
      (left, right) -> CanonicalJson.CODE_POINT_ORDER.compare(left.getKey(), right.getKey());
  private static final Comparator<Map.Entry<String, ?>> BY_UTF_16 =
      (left, right) -> left.getKey().compareTo(right.getKey());

  private final JsonLayout layout;
  private final StringBuilder text = new StringBuilder(FIRST_CHARACTERS);
  private int depth;

  JsonWriter(JsonLayout layout) {
    this.layout = layout;
  }

  String write(Object value) {
    append(value);
    return text.toString();
  }

  private void append(Object value) {
    if (value == null || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof String string) {
      appendString(string);
    } else if (value instanceof Integer || value instanceof Long) {
      appendInteger(((Number) value).longValue());
    } else if (value instanceof BigInteger integer) {
      appendInteger(integer);
    } else if (value instanceof Double number) {
      appendDouble(number);
    } else if (value instanceof List<?> list) {
      appendList(list);
    } else if (value instanceof Map<?, ?> map) {
      appendMap(map);
    } else {
      throw new IllegalArgumentException(
          "Cannot write JSON: unsupported type (type=" + value.getClass().getName() + ")");
    }
  }

  private void appendList(List<?> list) {
    text.append('[');
    depth++;
    boolean first = true;
    for (Object item : list) {
      startItem(first);
      append(item);
      first = false;
    }
    depth--;
    endItems(list.isEmpty());
    text.append(']');
  }

  private void appendMap(Map<?, ?> map) {
    text.append('{');
    depth++;
    boolean first = true;
    for (Map.Entry<String, ?> entry : ordered(map)) {
      startItem(first);
      appendString(entry.getKey());
      text.append(layout.keySeparator());
      append(entry.getValue());
      first = false;
    }
    depth--;
    endItems(map.isEmpty());
    text.append('}');
  }

  @SuppressWarnings("unchecked")
  private List<Map.Entry<String, ?>> ordered(Map<?, ?> map) {
    List<Map.Entry<String, ?>> entries = new ArrayList<>(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String)) {
        throw new IllegalArgumentException(
            "Cannot write JSON: key is no text (key=" + entry.getKey() + ")");
      }
      entries.add((Map.Entry<String, ?>) entry);
    }
    switch (layout.keyOrder()) {
      case GIVEN -> {}
      case CODE_POINT -> entries.sort(BY_CODE_POINT);
      case UTF_16 -> entries.sort(BY_UTF_16);
    }
    return entries;
  }

  private void startItem(boolean first) {
    if (!first) {
      text.append(layout.itemSeparator());
    }
    newLine();
  }

  private void endItems(boolean empty) {
    if (!empty) {
      newLine();
    }
  }

  private void newLine() {
    if (layout.indented()) {
      text.append('\n');
      for (int i = 0; i < depth; i++) {
        text.append(INDENT);
      }
    }
  }

  private void appendInteger(long value) {
    if (layout.numbers() == JsonLayout.Numbers.ECMA_SCRIPT) {
      appendInteger(BigInteger.valueOf(value));
    } else {
      text.append(value);
    }
  }

  private void appendInteger(BigInteger value) {
    if (layout.numbers() == JsonLayout.Numbers.ECMA_SCRIPT
        && value.abs().compareTo(LARGEST_EXACT) > 0) {
      throw new IllegalArgumentException(
          "Cannot write JSON: integer beyond 2^53 - 1 has no canonical form, give it as text (value="
              + value
              + ")");
    }
    text.append(value);
  }

  private void appendDouble(double value) {
    if (!Double.isFinite(value) && !layout.nonFinite()) {
      throw new IllegalArgumentException(
          "Cannot write JSON: number is not finite (value=" + value + ")");
    }
    text.append(
        switch (layout.numbers()) {
          case PYTHON -> NumberText.pythonRepr(value);
          case ECMA_SCRIPT -> NumberText.ecmaScript(value);
          case MSGSPEC -> NumberText.msgspec(value);
        });
  }

  /** Runs of characters that stand for themselves are copied as a whole: most texts are one. */
  private void appendString(String string) {
    text.append('"');
    int copied = 0;
    for (int i = 0; i < string.length(); i++) {
      if (!isPlain(string.charAt(i))) {
        text.append(string, copied, i);
        appendSpecial(string, i);
        copied = i + 1;
      }
    }
    text.append(string, copied, string.length()).append('"');
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  }

  private void appendSpecial(String string, int index) {
    char c = string.charAt(index);
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\b' -> text.append("\\b");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\f' -> text.append("\\f");
      case '\r' -> text.append("\\r");
      default -> appendCharacter(string, index, c);
    }
  }

  private void appendCharacter(String string, int index, char c) {
    boolean ascii = layout.escape() == JsonLayout.Escape.ASCII;
    if (c < ' ' || (ascii && c > '~')) {
      text.append("\\u").append(HEX.toHexDigits(c));
      return;
    }
    if (!ascii && Character.isSurrogate(c) && !isPaired(string, index)) {
      throw new IllegalArgumentException(
          "Cannot write JSON: text has an unpaired surrogate (index=" + index + ")");
    }
    text.append(c);
  }

  private static boolean isPaired(String string, int index) {
    if (Character.isHighSurrogate(string.charAt(index))) {
      return index + 1 < string.length() && Character.isLowSurrogate(string.charAt(index + 1));
    }
    return index > 0 && Character.isHighSurrogate(string.charAt(index - 1));
  }
}
