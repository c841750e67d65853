package org.nbvrollouts.store.source.mesh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.text.LineTokens;

/**
 * Reads the polygons of a Wavefront OBJ file: {@code v} and {@code f} with positive and negative
 * references in the forms v, v/vt, v//vn and v/vt/vn. Texture, normal, group and material lines are
 * passed over; every other keyword is refused, because free-form geometry would be lost silently.
 */
final class ObjMeshParser {
  private static final Set<String> PASSED_OVER =
      Set.of(
          "vt",
          "vn",
          "vp",
          "g",
          "o",
          "s",
          "mg",
          "l",
          "p",
          "usemtl",
          "mtllib",
          "usemap",
          "maplib",
          "lod",
          "bevel",
          "c_interp",
          "d_interp",
          "shadow_obj",
          "trace_obj");

  private final LineTokens tokens;
  private final String file;
  private final InputProblems problems = new InputProblems();
  private final TriangleMesh.Builder mesh = TriangleMesh.builder();
  private final List<ForwardReference> forward = new ArrayList<>();

  /** A corner that names a vertex further down in the file. */
  private record ForwardReference(int vertex, int line) {}

  private ObjMeshParser(LineTokens tokens, String file) {
    this.tokens = tokens;
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws RefusedInputException with one problem per line, each with its line number
   */
  static TriangleMesh parse(Path path) throws IOException {
    try (InputStream input = Files.newInputStream(path)) {
      LineTokens tokens = new LineTokens(input, path.toString(), LineTokens.Separator.BLANKS, 0);
      return new ObjMeshParser(tokens, path.toString()).parse();
    }
  }

  private TriangleMesh parse() throws IOException {
    while (tokens.nextLine()) {
      if (tokens.nextToken()) {
        readStatement();
      }
    }
    for (ForwardReference reference : forward) {
      if (reference.vertex() >= mesh.vertexCount()) {
        problems.add(
            message(
                "vertex reference " + (reference.vertex() + 1L),
                "1 to " + mesh.vertexCount(),
                reference.line()));
      }
    }
    problems.refuseIfAny();
    if (mesh.faceCount() == 0) {
      throw new RefusedInputException(
          "Invalid mesh: no faces (expected f lines, file=" + file + ")");
    }
    try {
      return mesh.build();
    } catch (IllegalArgumentException broken) {
      throw new RefusedInputException(broken.getMessage() + " (file=" + file + ")", broken);
    }
  }

  private void readStatement() throws IOException {
    if (tokens.is("v")) {
      readVertex();
    } else if (tokens.is("f")) {
      readFace();
    } else if (tokens.text().startsWith("#")) {
      return;
    } else if (!PASSED_OVER.contains(tokens.text())) {
      add("unknown keyword: " + shortened(tokens.text()), "v, f, vt, vn, g, o, s, usemtl, mtllib");
    }
  }

  private void readVertex() throws IOException {
    float[] xyz = new float[3];
    for (int axis = 0; axis < 3; axis++) {
      if (!nextValue()) {
        add("vertex with " + axis + " coordinates", "v x y z");
        break;
      }
      try {
        xyz[axis] = (float) tokens.number();
      } catch (NumberFormatException broken) {
        add(broken.getMessage(), "v x y z");
      }
      if (!Float.isFinite(xyz[axis])) {
        add("vertex coordinate " + tokens.text(), "finite coordinates");
        xyz[axis] = 0f;
      }
    }
    mesh.addVertex(xyz[0], xyz[1], xyz[2]);
  }

  private void readFace() throws IOException {
    int corners = 0;
    int first = 0;
    int previous = 0;
    while (nextValue()) {
      int corner = readReference(tokens.text());
      if (corners == 0) {
        first = corner;
      } else if (corners >= 2) {
        mesh.addFace(first, previous, corner);
      }
      previous = corner;
      corners++;
    }
    if (corners < 3) {
      add("face with " + corners + " corners", "at least 3");
    }
  }

  /** The next token of the statement, following a backslash to the next line. */
  private boolean nextValue() throws IOException {
    while (tokens.nextToken()) {
      if (!tokens.is("\\")) {
        return !tokens.text().startsWith("#");
      }
      if (!tokens.nextLine()) {
        return false;
      }
    }
    return false;
  }

  /** The 0-based vertex of a reference v, v/vt, v//vn or v/vt/vn. */
  private int readReference(String text) {
    int slash = text.indexOf('/');
    String vertex = slash < 0 ? text : text.substring(0, slash);
    boolean rest = slash < 0 || text.substring(slash).matches("/(-?[0-9]+)?(/(-?[0-9]+)?)?");
    if (!vertex.matches("-?[0-9]{1,10}") || !rest) {
      add("face corner: " + shortened(text), "v, v/vt, v//vn or v/vt/vn");
      return 0;
    }
    long reference = Long.parseLong(vertex);
    long index = reference < 0 ? mesh.vertexCount() + reference : reference - 1;
    if (reference == 0 || index < 0 || index > Integer.MAX_VALUE) {
      add("vertex reference " + reference, "1 or more, or −1 down to −" + mesh.vertexCount());
      return 0;
    }
    if (index >= mesh.vertexCount() && forward.size() <= InputProblems.MAX_KEPT) {
      forward.add(new ForwardReference((int) index, tokens.lineNumber()));
    }
    return (int) index;
  }

  private void add(String what, String rule) {
    problems.add(message(what, rule, tokens.lineNumber()));
  }

  private String message(String what, String rule, int line) {
    return "Invalid mesh: "
        + what
        + " (expected "
        + rule
        + ", file="
        + file
        + ", line="
        + line
        + ")";
  }

  private static String shortened(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
