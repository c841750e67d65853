package org.nbvrollouts.store.source.vin;

import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;

/** The text Python's {@code repr} gives for JSON-like values. */
final class PythonText {
  private PythonText() {}

  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    append(value, text);
    return text.toString();
  }

  private static void append(Object value, StringBuilder text) {
    if (value == null) {
      text.append("None");
    } else if (value instanceof Boolean flag) {
      text.append(flag ? "True" : "False");
    } else if (value instanceof String string) {
      appendString(string, text);
    } else if (value instanceof List<?> list) {
      text.append('[');
      String separator = "";
      for (Object item : list) {
        text.append(separator);
        append(item, text);
        separator = ", ";
      }
      text.append(']');
    } else if (value instanceof Map<?, ?> map) {
      text.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(separator);
        append(entry.getKey(), text);
        text.append(": ");
        append(entry.getValue(), text);
        separator = ", ";
      }
      text.append('}');
    } else {
      text.append(CanonicalJson.line(value));
    }
  }

  /** Single quotes, unless only double quotes avoid an escape; control characters are escaped. */
  private static void appendString(String string, StringBuilder text) {
    char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
    text.append(quote);
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        default -> {
          if (c == quote) {
            text.append('\\').append(c);
          } else if (c < ' ' || c == 0x7f) {
            text.append("\\x").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append(quote);
  }
}
