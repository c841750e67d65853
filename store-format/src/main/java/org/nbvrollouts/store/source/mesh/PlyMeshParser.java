package org.nbvrollouts.store.source.mesh;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.text.LineTokens;

/**
 * Reads PLY meshes: text and both binary byte orders, any scalar and list types, any further
 * properties and elements. Polygons become fans around their first corner. Every promised size is
 * compared with the length of the file before memory is reserved. What is wrong with the values of
 * a text is listed to its end, or up to where the layout leaves open which value comes next.
 */
final class PlyMeshParser {
  private static final int MAX_ELEMENTS = (Integer.MAX_VALUE - 8) / 3;

  private final String file;
  private final PlyHeader header;
  private final PlyValues values;
  private final InputProblems problems = new InputProblems();
  private final TriangleMesh.Builder mesh = TriangleMesh.builder();
  private final long vertexCount;
  private PlyHeader.Element element;
  private long record;

  private PlyMeshParser(String file, PlyHeader header, PlyValues values) {
    this.file = file;
    this.header = header;
    this.values = values;
    this.vertexCount = header.elements().get(header.indexOfElement("vertex")).count();
    this.element = header.elements().get(0);
  }

  /**
   * Reads a file.
   *
   * @throws RefusedInputException naming file, element and rule
   */
  static TriangleMesh parse(Path path) throws IOException {
    String file = path.toString();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      PlyHeader header =
          PlyHeaderParser.parse(new BufferedInputStream(Channels.newInputStream(channel)), file);
      channel.position(header.bodyOffset());
      long bodyBytes = channel.size() - header.bodyOffset();
      return new PlyMeshParser(file, header, values(channel, header, file, bodyBytes))
          .parse(bodyBytes);
    }
  }

  private static PlyValues values(
      SeekableByteChannel channel, PlyHeader header, String file, long bodyBytes) {
    return switch (header.encoding()) {
      case ASCII ->
          new AsciiPlyValues(
              new LineTokens(
                  Channels.newInputStream(channel),
                  file,
                  LineTokens.Separator.BLANKS,
                  header.lines()),
              bodyBytes);
      case BINARY_LITTLE_ENDIAN -> new BinaryPlyValues(channel, ByteOrder.LITTLE_ENDIAN, bodyBytes);
      case BINARY_BIG_ENDIAN -> new BinaryPlyValues(channel, ByteOrder.BIG_ENDIAN, bodyBytes);
    };
  }

  private TriangleMesh parse(long bodyBytes) throws IOException {
    checkSizes(bodyBytes);
    try {
      readElements();
    } catch (EOFException end) {
      problems.add(message("data end inside this element", element.count() + " of them"));
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
    }
    problems.refuseIfAny();
    if (!values.isExhausted()) {
      throw new RefusedInputException(
          "Invalid mesh: data go on after the last element (expected the counts of the header to"
              + " match, file="
              + file
              + ", element="
              + element.name()
              + ")");
    }
    return mesh.build();
  }

  private void readElements() throws IOException {
    for (PlyHeader.Element current : header.elements()) {
      element = current;
      // Records without properties take no bytes, so their count is bounded by nothing.
      long records = current.properties().isEmpty() ? 0 : current.count();
      for (record = 0; record < records; record++) {
        values.beginRecord();
        readRecord();
      }
    }
  }

  /** Refuses counts that the bytes of the file cannot hold. */
  private void checkSizes(long bodyBytes) {
    long needed = 0;
    for (PlyHeader.Element each : header.elements()) {
      long perRecord = 0;
      for (PlyHeader.Property property : each.properties()) {
        perRecord += header.encoding() == PlyHeader.Encoding.ASCII ? 2 : property.leastBytes();
      }
      boolean counted = each.name().equals("vertex") || each.name().equals("face");
      if (counted && each.count() > MAX_ELEMENTS) {
        problems.add(sizeMessage(each, "at most " + MAX_ELEMENTS));
      }
      needed = saturatedAdd(needed, saturatedMultiply(each.count(), perRecord));
      // The last value of a text may lack the white space behind it.
      if (needed > bodyBytes + 1) {
        problems.add(sizeMessage(each, "what fits into the " + bodyBytes + " bytes of data"));
        break;
      }
    }
    problems.refuseIfAny();
  }

  private String sizeMessage(PlyHeader.Element each, String rule) {
    return "Invalid PLY header: "
        + each.count()
        + " records of element "
        + each.name()
        + " (expected "
        + rule
        + ", file="
        + file
        + ", line="
        + each.line()
        + ")";
  }

  private static long saturatedMultiply(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  private static long saturatedAdd(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private void readRecord() throws IOException {
    boolean isVertex = element.name().equals("vertex");
    boolean isFace = element.name().equals("face");
    double x = 0;
    double y = 0;
    double z = 0;
    List<PlyHeader.Property> properties = element.properties();
    for (int i = 0; i < properties.size(); i++) {
      PlyHeader.Property property = properties.get(i);
      if (property instanceof PlyHeader.ScalarList list) {
        OptionalLong length = listLength(list);
        if (length.isEmpty()) {
          return;
        }
        readList(
            list, length.getAsLong(), isFace && PlyHeaderParser.CORNER_LISTS.contains(list.name()));
        continue;
      }
      double value = next(((PlyHeader.Scalar) property).type());
      if (isVertex) {
        switch (property.name()) {
          case "x" -> x = value;
          case "y" -> y = value;
          case "z" -> z = value;
          default -> {}
        }
      }
    }
    if (isVertex) {
      addVertex((float) x, (float) y, (float) z);
    }
  }

  private void addVertex(float x, float y, float z) {
    if (!(Float.isFinite(x) && Float.isFinite(y) && Float.isFinite(z))) {
      problems.add(message("(" + x + ", " + y + ", " + z + ")", "finite coordinates"));
      mesh.addVertex(0f, 0f, 0f);
      return;
    }
    mesh.addVertex(x, y, z);
  }

  /** The next value; 0 after it was told that it is no number. */
  private double next(PlyScalarType type) throws IOException {
    try {
      return values.next(type);
    } catch (NumberFormatException broken) {
      problems.add(message(broken.getMessage(), "numbers"));
      return 0;
    }
  }

  /** The length of a list; empty after a wrong one, whose record has been passed over. */
  private OptionalLong listLength(PlyHeader.ScalarList list) throws IOException {
    String problem;
    try {
      long length = (long) values.next(list.countType());
      long leastBytes = header.encoding() == PlyHeader.Encoding.ASCII ? 2 : list.type().bytes();
      if (length >= 0 && length <= (values.remainingBytes() + 1) / leastBytes) {
        return OptionalLong.of(length);
      }
      problem =
          message(
              "list " + list.name() + " of " + length + " values",
              "what fits into the rest of the file");
    } catch (NumberFormatException broken) {
      problem = message(broken.getMessage(), "numbers");
    }
    if (!values.skipRecord()) {
      throw new RefusedInputException(problem);
    }
    problems.add(problem);
    return OptionalLong.empty();
  }

  private void readList(PlyHeader.ScalarList list, long length, boolean corners)
      throws IOException {
    if (!corners) {
      for (long i = 0; i < length; i++) {
        next(list.type());
      }
      return;
    }
    if (length < 3) {
      problems.add(message(length + " corners", "at least 3"));
    }
    int first = 0;
    int previous = 0;
    for (long i = 0; i < length; i++) {
      int corner = readCorner(list.type());
      if (i == 0) {
        first = corner;
      } else if (i >= 2) {
        mesh.addFace(first, previous, corner);
      }
      previous = corner;
    }
  }

  private int readCorner(PlyScalarType type) throws IOException {
    double index = next(type);
    if (index < 0 || index >= vertexCount) {
      problems.add(message("vertex index " + (long) index, "0 to " + (vertexCount - 1)));
      return 0;
    }
    return (int) index;
  }

  private String message(String what, String rule) {
    String line = values instanceof AsciiPlyValues ascii ? ", line=" + ascii.lineNumber() : "";
    return "Invalid mesh: "
        + what
        + " (expected "
        + rule
        + ", file="
        + file
        + ", element="
        + element.name()
        + " "
        + record
        + line
        + ")";
  }
}
