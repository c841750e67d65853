package org.nbvrollouts.store.source.mesh;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;

/** Parses a PLY header and reports every problem of it with its line. */
final class PlyHeaderParser {
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final List<String> AXES = List.of("x", "y", "z");

  /** Names under which face corners are written. */
  static final List<String> CORNER_LISTS = List.of("vertex_indices", "vertex_index");

  private final String file;
  private final InputProblems problems = new InputProblems();
  private final List<PlyHeader.Element> elements = new ArrayList<>();
  private Optional<PlyHeader.Encoding> encoding = Optional.empty();
  private boolean formatSeen;
  private String elementName = "";
  private long elementCount;
  private int elementLine;
  private final List<PlyHeader.Property> properties = new ArrayList<>();
  private int line;
  private long offset;

  private PlyHeaderParser(String file) {
    this.file = file;
  }

  /**
   * Reads the header from the start of a file.
   *
   * @throws RefusedInputException listing every problem with its line
   */
  static PlyHeader parse(InputStream input, String file) throws IOException {
    return new PlyHeaderParser(file).parse(input);
  }

  private PlyHeader parse(InputStream input) throws IOException {
    if (!readLine(input).equals("ply")) {
      throw new RefusedInputException(
          "Invalid mesh: not a PLY file (expected first line ply, " + place() + ")");
    }
    while (true) {
      String text = readLine(input);
      String[] words = text.strip().split("\\s+", -1);
      if (words[0].equals("end_header") && words.length == 1) {
        break;
      }
      parseLine(words, text);
    }
    closeElement();
    checkPresence();
    problems.refuseIfAny();
    return new PlyHeader(encoding.orElseThrow(), elements, offset, line);
  }

  private String readLine(InputStream input) throws IOException {
    StringBuilder text = new StringBuilder();
    line++;
    while (true) {
      int next = input.read();
      if (next < 0 || offset >= MAX_HEADER_BYTES) {
        problems.add(
            "Invalid PLY header: no end_header (expected within the first "
                + MAX_HEADER_BYTES
                + " bytes, "
                + place()
                + ")");
        problems.refuseIfAny();
      }
      offset++;
      if (next == '\n') {
        break;
      }
      text.append((char) next);
    }
    if (!text.isEmpty() && text.charAt(text.length() - 1) == '\r') {
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  private void parseLine(String[] words, String text) {
    switch (words[0]) {
      case "comment", "obj_info", "" -> {}
      case "format" -> parseFormat(words, text);
      case "element" -> parseElement(words, text);
      case "property" -> parseProperty(words, text);
      default -> invalid("unknown keyword", text, "format, comment, element, property, end_header");
    }
  }

  private void parseFormat(String[] words, String text) {
    if (formatSeen) {
      invalid("repeated format", text, "one format line");
      return;
    }
    formatSeen = true;
    if (words.length != 3 || !words[2].equals("1.0")) {
      invalid("format", text, "format <encoding> 1.0");
      return;
    }
    for (PlyHeader.Encoding candidate : PlyHeader.Encoding.values()) {
      if (candidate.name().toLowerCase(Locale.ROOT).equals(words[1])) {
        encoding = Optional.of(candidate);
        return;
      }
    }
    invalid("format", text, "ascii, binary_little_endian or binary_big_endian");
  }

  private void parseElement(String[] words, String text) {
    closeElement();
    if (words.length != 3 || !words[2].matches("[0-9]{1,18}")) {
      invalid("element", text, "element <name> <count>");
      elementName = words.length > 1 ? words[1] : "?";
      elementCount = 0;
    } else {
      elementName = words[1];
      elementCount = Long.parseLong(words[2]);
    }
    elementLine = line;
    String name = elementName;
    if (elements.stream().anyMatch(element -> element.name().equals(name))) {
      invalid("repeated element", text, "every element once");
    }
  }

  private void closeElement() {
    if (!elementName.isEmpty()) {
      elements.add(new PlyHeader.Element(elementName, elementCount, properties, elementLine));
      elementName = "";
      properties.clear();
    }
  }

  private void parseProperty(String[] words, String text) {
    if (elementName.isEmpty()) {
      invalid("property without element", text, "an element line before it");
      return;
    }
    boolean list = words.length > 1 && words[1].equals("list");
    if (words.length != (list ? 5 : 3)) {
      invalid("property", text, "property <type> <name> or property list <type> <type> <name>");
      return;
    }
    String name = words[words.length - 1];
    if (properties.stream().anyMatch(property -> property.name().equals(name))) {
      invalid("repeated property", text, "every property of an element once");
    }
    Optional<PlyScalarType> type = PlyScalarType.named(words[words.length - 2]);
    if (type.isEmpty()) {
      invalid("property type", text, "char, uchar, short, ushort, int, uint, float or double");
      return;
    }
    if (!list) {
      properties.add(new PlyHeader.Scalar(name, type.get()));
      return;
    }
    Optional<PlyScalarType> countType = PlyScalarType.named(words[2]);
    if (countType.isEmpty() || !countType.get().isInteger()) {
      invalid("list count type", text, "an integer type");
      return;
    }
    properties.add(new PlyHeader.ScalarList(name, countType.get(), type.get()));
  }

  private void checkPresence() {
    if (!formatSeen) {
      problems.add("Invalid PLY header: no format line (expected one, " + place() + ")");
    }
    int vertex = indexOf("vertex");
    int face = indexOf("face");
    if (vertex < 0) {
      problems.add("Invalid PLY header: no element vertex (expected one, file=" + file + ")");
    } else {
      checkVertex(elements.get(vertex));
    }
    if (face < 0) {
      problems.add(
          "Invalid PLY header: no element face (expected a triangle or polygon mesh, file="
              + file
              + ")");
    } else {
      checkFace(elements.get(face));
    }
  }

  private int indexOf(String name) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private void checkVertex(PlyHeader.Element vertex) {
    for (String axis : AXES) {
      int index = vertex.indexOf(axis);
      if (index < 0 || !(vertex.properties().get(index) instanceof PlyHeader.Scalar)) {
        problems.add(
            "Invalid PLY header: element vertex has no scalar property "
                + axis
                + " (expected x, y and z, file="
                + file
                + ", line="
                + vertex.line()
                + ")");
      }
    }
  }

  private void checkFace(PlyHeader.Element face) {
    for (String name : CORNER_LISTS) {
      int index = face.indexOf(name);
      if (index >= 0
          && face.properties().get(index) instanceof PlyHeader.ScalarList list
          && list.type().isInteger()) {
        return;
      }
    }
    problems.add(
        "Invalid PLY header: element face has no integer list vertex_indices or vertex_index"
            + " (expected one, file="
            + file
            + ", line="
            + face.line()
            + ")");
  }

  private void invalid(String what, String text, String rule) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    problems.add(
        "Invalid PLY header: " + what + ": " + shown + " (expected " + rule + ", " + place() + ")");
  }

  private String place() {
    return "file=" + file + ", line=" + line;
  }
}
