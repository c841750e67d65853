package org.nbvrollouts.store.source.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.TriangleMesh;

final class TestMeshFiles {
  private static final int[] SQUARE_AND_TRIANGLE = {0, 1, 2, 0, 2, 3, 0, 1, 4};

  @TempDir Path folder;

  @Test
  void textWithFurtherPropertiesAndPolygonsIsRead() {
    TriangleMesh mesh = MeshFiles.load(resource("polygons.ply"));
    assertThat(mesh.copyFaces()).containsExactly(SQUARE_AND_TRIANGLE);
    assertThat(mesh.copyVertices()).endsWith(0.5f, 0.5f, 1f);
  }

  @Test
  void bothByteOrdersAndEveryIntegerTypeAreRead() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (PlyScalarType index : PlyScalarType.values()) {
        if (index.isInteger()) {
          Path file = folder.resolve(order + "-" + index + ".ply");
          Files.write(file, binarySquare(order, index));
          assertThat(MeshFiles.load(file).copyFaces())
              .as("%s %s", order, index)
              .containsExactly(0, 1, 2, 0, 2, 3);
        }
      }
    }
  }

  /** A square whose face comes before its vertices, between a short and a double property. */
  private static byte[] binarySquare(ByteOrder order, PlyScalarType index) {
    String type = index.name().toLowerCase(Locale.ROOT);
    String header =
        "ply\r\nformat binary_"
            + (order == ByteOrder.LITTLE_ENDIAN ? "little" : "big")
            + "_endian 1.0\r\nelement face 1\r\nproperty short before\r\nproperty list "
            + type
            + " "
            + type
            + " vertex_indices\r\nelement vertex 4\r\nproperty double quality\r\n"
            + "property float x\r\nproperty float y\r\nproperty float z\r\nend_header\r\n";
    ByteBuffer body = ByteBuffer.allocate(1024).order(order);
    body.putShort((short) -1);
    BiConsumer<ByteBuffer, Integer> put =
        switch (index.bytes()) {
          case 1 -> (buffer, value) -> buffer.put(value.byteValue());
          case 2 -> (buffer, value) -> buffer.putShort(value.shortValue());
          default -> ByteBuffer::putInt;
        };
    for (int value : new int[] {4, 0, 1, 2, 3}) {
      put.accept(body, value);
    }
    for (int i = 0; i < 4; i++) {
      body.putDouble(0.5);
      body.putFloat(i);
      body.putFloat(-i);
      body.putFloat(0.25f);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    bytes.write(body.array(), 0, body.position());
    return bytes.toByteArray();
  }

  @Test
  void whatIsWrittenIsRead() {
    long seed = 20260102;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20; round++) {
      float[] vertices = new float[3 * random.nextInt(1, 2000)];
      for (int i = 0; i < vertices.length; i++) {
        vertices[i] = Float.intBitsToFloat(random.nextInt());
        vertices[i] = Float.isFinite(vertices[i]) ? vertices[i] : -0f;
      }
      int[] faces = random.ints(3L * random.nextInt(0, 4000), 0, vertices.length / 3).toArray();
      Path file = folder.resolve("mesh-" + round + ".ply");
      MeshReference reference = MeshFiles.writePly(TriangleMesh.of(vertices, faces), file);
      TriangleMesh read = MeshFiles.load(file);
      assertThat(read.copyVertices()).as("seed %d round %d", seed, round).isEqualTo(vertices);
      assertThat(read.copyFaces()).as("seed %d round %d", seed, round).isEqualTo(faces);
      assertThat(reference.sha256()).isEqualTo(MeshFiles.sha256(file));
    }
  }

  @Test
  void theWrittenBytesAreThoseOfTheSpecification() throws IOException {
    Path file = folder.resolve("mesh.ply");
    MeshFiles.writePly(
        TriangleMesh.of(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, new int[] {0, 1, 2}), file);
    byte[] bytes = Files.readAllBytes(file);
    String header =
        """
        ply
        format binary_little_endian 1.0
        element vertex 3
        property float x
        property float y
        property float z
        element face 1
        property list uchar int vertex_indices
        end_header
        """;
    assertThat(new String(bytes, 0, header.length(), StandardCharsets.US_ASCII)).isEqualTo(header);
    assertThat(bytes).hasSize(header.length() + 36 + 13);
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 13, bytes.length))
        .containsExactly(3, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0);
  }

  @Test
  void everyProblemOfAHeaderIsListedWithItsLine() {
    assertRefused(
        "broken-header.ply",
        "Invalid PLY header: format: format ascii 1.1 (expected format <encoding> 1.0, file=%s,"
            + " line=2)",
        "Invalid PLY header: element: element vertex three (expected element <name> <count>,"
            + " file=%s, line=3)",
        "Invalid PLY header: property type: property real z (expected char, uchar, short, ushort,"
            + " int, uint, float or double, file=%s, line=6)",
        "Invalid PLY header: list count type: property list float int vertex_indices (expected an"
            + " integer type, file=%s, line=8)",
        "Invalid PLY header: unknown keyword: nonsense (expected format, comment, element,"
            + " property, end_header, file=%s, line=9)",
        "Invalid PLY header: element vertex has no scalar property z (expected x, y and z,"
            + " file=%s, line=3)",
        "Invalid PLY header: element face has no integer list vertex_indices or vertex_index"
            + " (expected one, file=%s, line=7)");
  }

  @Test
  void brokenDataAreRefusedWithElementAndRule() {
    assertRefused(
        "vertex-nan.ply",
        "Invalid mesh: (1.0, NaN, 0.0) (expected finite coordinates, file=%s, element=vertex 1,"
            + " line=11)");
    assertRefused(
        "index-out-of-range.ply",
        "Invalid mesh: vertex index 3 (expected 0 to 2, file=%s, element=face 0, line=13)",
        "Invalid mesh: 2 corners (expected at least 3, file=%s, element=face 1, line=14)");
    assertRefused(
        "truncated.ply",
        "Invalid mesh: data end inside this element (expected 2 of them, file=%s, element=face 1,"
            + " line=14)");
    assertRefused(
        "goes-on.ply",
        "Invalid mesh: data go on after the last element (expected the counts of the header to"
            + " match, file=%s, element=face)");
    assertRefused(
        "no-faces.ply",
        "Invalid PLY header: no element face (expected a triangle or polygon mesh, file=%s)");
    assertRefused(
        "not-a.ply", "Invalid mesh: not a PLY file (expected first line ply, file=%s, line=1)");
    assertRefused(
        "no-end.ply",
        "Invalid PLY header: no end_header (expected within the first 1048576 bytes, file=%s,"
            + " line=4)");
  }

  @Test
  void everyLineOfATextWithoutNumbersIsListed() {
    assertRefused(
        "no-numbers.ply",
        "Invalid mesh: not a number: zero (expected numbers, file=%s, element=vertex 1, line=12)",
        "Invalid mesh: not a number: 1,0 (expected numbers, file=%s, element=vertex 2, line=13)",
        "Invalid mesh: not a number: 1.5 (expected numbers, file=%s, element=vertex 2, line=13)",
        "Invalid mesh: not a number: three (expected numbers, file=%s, element=face 1, line=16)",
        "Invalid mesh: not a number: one (expected numbers, file=%s, element=face 2, line=17)",
        "Invalid mesh: vertex index 9 (expected 0 to 3, file=%s, element=face 2, line=17)",
        "Invalid mesh: list vertex_indices of -1 values (expected what fits into the rest of the"
            + " file, file=%s, element=face 3, line=18)",
        "Invalid mesh: data end inside this element (expected 6 of them, file=%s, element=face 5,"
            + " line=19)");
  }

  /** Without lines nothing says where the record after one of unknown length begins. */
  @Test
  void aTextInOneLineIsReadUpToAListOfUnknownLength() {
    assertRefused(
        "no-numbers-in-one-line.ply",
        "Invalid mesh: not a number: zero (expected numbers, file=%s, element=vertex 1, line=10)",
        "Invalid mesh: not a number: three (expected numbers, file=%s, element=face 0, line=11)");
  }

  @Test
  void asManyBadLinesOfATextAreListedAsOfOtherFiles() throws IOException {
    Path file = folder.resolve("many.ply");
    String header =
        """
        ply
        format ascii 1.0
        element vertex 2000
        property float x
        property float y
        property float z
        element face 1
        property list uchar int vertex_indices
        end_header
        """;
    Files.writeString(
        file, header + "0 0 ?\n".repeat(1999) + "x".repeat(100_000) + " 0 0\n3 0 1 2");
    assertThatThrownBy(() -> MeshFiles.load(file))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith(
            "Invalid mesh: not a number: ? (expected numbers, file="
                + file
                + ", element=vertex 0, line=10)\n")
        .hasMessageEndingWith("line=59)\n… and 1950 more problems");
    Files.writeString(
        file,
        header.replace("2000", "3") + "0 0 0\n0 0 " + "x".repeat(100_000) + "\n0 0 0\n3 0 1 2");
    assertThatThrownBy(() -> MeshFiles.load(file))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid mesh: not a number: "
                + "x".repeat(80)
                + "… (expected numbers, file="
                + file
                + ", element=vertex 1, line=11)");
  }

  @Test
  void promisedSizesAreComparedWithTheFileBeforeMemoryIsReserved() {
    assertRefused(
        "promises-too-much.ply",
        "Invalid PLY header: 2000000000 records of element vertex (expected at most 715827879,"
            + " file=%s, line=3)",
        "Invalid PLY header: 2000000000 records of element vertex (expected what fits into the 3"
            + " bytes of data, file=%s, line=3)");
  }

  @Test
  void everyTruncationOfABinaryFileIsRefused() throws IOException {
    byte[] bytes = binarySquare(ByteOrder.BIG_ENDIAN, PlyScalarType.UINT);
    for (int length = 0; length < bytes.length; length++) {
      Path file = folder.resolve("cut.ply");
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> MeshFiles.load(file))
          .as("length %d", length)
          .isInstanceOf(RefusedInputException.class)
          .hasMessageContaining("file=" + file);
    }
  }

  @Test
  void objPolygonsAndReferencesOfEveryFormAreRead() {
    TriangleMesh mesh = MeshFiles.load(resource("square.obj"));
    assertThat(mesh.copyFaces()).containsExactly(0, 1, 2, 0, 2, 3, 4, 1, 0);
    assertThat(mesh.vertexCount()).isEqualTo(5);
  }

  @Test
  void everyProblemOfAnObjFileIsListedWithItsLine() {
    assertRefused(
        "broken.obj",
        "Invalid mesh: vertex coordinate inf (expected finite coordinates, file=%s, line=2)",
        "Invalid mesh: vertex with 2 coordinates (expected v x y z, file=%s, line=3)",
        "Invalid mesh: vertex reference 0 (expected 1 or more, or −1 down to −3, file=%s, line=4)",
        "Invalid mesh: face with 2 corners (expected at least 3, file=%s, line=6)",
        "Invalid mesh: face corner: x (expected v, v/vt, v//vn or v/vt/vn, file=%s, line=7)",
        "Invalid mesh: unknown keyword: surf (expected v, f, vt, vn, g, o, s, usemtl, mtllib,"
            + " file=%s, line=8)",
        "Invalid mesh: vertex reference 9 (expected 1 to 3, file=%s, line=5)");
    assertRefused("no-faces.obj", "Invalid mesh: no faces (expected f lines, file=%s)");
  }

  @Test
  void otherFilesAreRefused() {
    Path absent = folder.resolve("absent.ply");
    assertThatThrownBy(() -> MeshFiles.load(absent))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Cannot read mesh: no such file (file=" + absent + ")");
    assertThatThrownBy(() -> MeshFiles.load(Path.of("mesh.stl")))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot read mesh: unknown kind of file (expected .ply or .obj, file=mesh.stl)");
  }

  private static void assertRefused(String name, String... problems) {
    Path file = resource(name);
    String message = String.join("\n", problems).replace("%s", file.toString());
    assertThatThrownBy(() -> MeshFiles.load(file))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(message);
  }

  private static Path resource(String name) {
    try {
      return Path.of(TestMeshFiles.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
