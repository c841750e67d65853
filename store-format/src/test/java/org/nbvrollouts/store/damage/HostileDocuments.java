package org.nbvrollouts.store.damage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.manifest.ShardManifestParser;
import org.nbvrollouts.store.source.mesh.MeshFiles;
import org.nbvrollouts.store.source.text.TomlText;
import org.nbvrollouts.store.zip.MemoryZip;
import org.nbvrollouts.store.zip.ZipArchive;
import org.nbvrollouts.store.zip.ZipArchiveWriter;
import org.tomlj.TomlParseResult;

/** Documents, archives and meshes that lie or go on for ever. */
final class HostileDocuments {
  private static final int LONG = 80 << 20;
  private static final int DEEP = 2_000_000;

  private HostileDocuments() {}

  /** The inputs, made when they are asked for or, if they are large files, before. */
  static List<HostileCase> cases(Path folder) throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    json(cases);
    toml(cases, folder);
    plans(cases, folder);
    archives(cases);
    meshes(cases, folder);
    return cases;
  }

  private static void json(List<HostileCase> cases) {
    add(cases, "JSON nested two million deep", "levels", () -> parse("[".repeat(DEEP)));
    add(
        cases,
        "JSON objects nested half a million deep",
        "levels",
        () -> parse("{\"a\":".repeat(DEEP / 4)));
    add(
        cases,
        "JSON of millions of empty objects",
        "Cannot read JSON: ",
        () -> parse("[" + "{},".repeat(4_000_000) + "0]"));
    add(
        cases,
        "JSON with a duplicate key",
        "Duplicate field 'a'",
        () -> parse("{\"a\":1,\"a\":2}"));
    add(
        cases,
        "JSON number of a million digits",
        "Invalid JSON: Number value length",
        () -> parse("9".repeat(1_000_000)));
    add(
        cases,
        "JSON number with an exponent of millions",
        "number out of range",
        () -> parse("[1e99999999]"));
  }

  private static void parse(String text) {
    JsonParser.parse(text.getBytes(StandardCharsets.UTF_8), "hostile.json");
  }

  private static void toml(List<HostileCase> cases, Path folder) throws IOException {
    Path file = folder.resolve("campaign.toml");
    add(
        cases,
        "gigantic TOML",
        "Cannot read file: too long (expected at most 1048576 bytes",
        () -> TomlText.read(text(file, "a = 1\n", LONG)));
    add(
        cases,
        "TOML that is a device",
        "Cannot read file: too long",
        () -> TomlText.read(Path.of("/dev/zero")));
    add(
        cases,
        "TOML arrays nested deep",
        "nested too deep",
        () -> toml("a = " + "[".repeat(300_000)));
    add(
        cases,
        "TOML tables nested deep",
        "nested too deep",
        () -> toml("a = " + "{b = ".repeat(100_000)));
    add(
        cases,
        "TOML key of many parts",
        "nested too deep",
        () -> toml("a" + ".a".repeat(200_000) + " = 1"));
    add(cases, "TOML with a duplicate key", "a previously defined", () -> toml("a = 1\na = 2\n"));
    add(
        cases,
        "TOML with a duplicate table",
        "a previously defined",
        () -> toml("[a]\nb = 1\n[a]\nc = 1\n"));
  }

  /** Refused by whoever reads the result, with its first error. */
  private static void toml(String text) {
    TomlParseResult parsed = TomlText.parse(text, "hostile.toml");
    if (parsed.hasErrors()) {
      throw new RefusedInputException(parsed.errors().get(0).getMessage());
    }
  }

  private static void plans(List<HostileCase> cases, Path folder) throws IOException {
    Path file = folder.resolve("shards.jsonl");
    add(
        cases,
        "gigantic line of a plan",
        "a line is too long",
        () -> ShardManifestFile.open(text(file, "{\"shard_id\":\"", LONG)));
    for (String id : List.of("../x", "/etc/passwd", "a/../../b", "a\\\\b", "", ".", "..")) {
      String line =
          CanonicalJson.line(ManifestFixtures.entryE().toJson())
              .replaceFirst("\"shard_id\": ?\"[^\"]*\"", "\"shard_id\":\"" + id + "\"");
      add(
          cases,
          "shard id '" + id + "'",
          "shard_id",
          () -> ShardManifestParser.parse(line.getBytes(StandardCharsets.UTF_8), "plan"));
    }
  }

  private static void archives(List<HostileCase> cases) throws IOException {
    add(
        cases,
        "ZIP with a compressed member",
        "a member is compressed",
        () -> open(zip(zip -> zip.putShort(directory(zip) + 10, (short) 8))));
    add(
        cases,
        "ZIP member of two gibibytes",
        "its members overlap or leave gaps",
        () ->
            open(
                zip(
                    zip -> {
                      zip.putInt(directory(zip) + 20, Integer.MAX_VALUE);
                      zip.putInt(directory(zip) + 24, Integer.MAX_VALUE);
                    })));
    add(
        cases,
        "ZIP directory of four gibibytes",
        "central directory",
        () -> open(zip(zip -> zip.putInt(zip.capacity() - 10, -2))));
    for (String name : List.of("../a", "/abc", "a\\bc", "a//b", "c:ab")) {
      add(
          cases,
          "ZIP member named " + name,
          "a member has a name that is not allowed",
          () ->
              open(
                  zip(
                      zip -> {
                        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
                        zip.put(30, ascii);
                        zip.put(directory(zip) + 46, ascii);
                      })));
    }
  }

  private static int directory(ByteBuffer zip) {
    return zip.getInt(zip.capacity() - 6);
  }

  private static byte[] zip(Consumer<ByteBuffer> change) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipArchiveWriter writer = new ZipArchiveWriter(out);
    CRC32 crc32 = new CRC32();
    crc32.update(7);
    writer.add("abcd", 1, (int) crc32.getValue(), to -> to.write(7));
    writer.finish();
    ByteBuffer zip = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(zip);
    return zip.array();
  }

  private static void open(byte[] zip) {
    ZipArchive archive = ZipArchive.open(new MemoryZip(zip));
    archive.members().values().forEach(archive::read);
  }

  private static void meshes(List<HostileCase> cases, Path folder) {
    for (String format : List.of("ascii", "binary_little_endian", "binary_big_endian")) {
      for (String vertices : List.of("2000000000", "9223372036854775807", "-1")) {
        String header =
            """
            ply
            format %s 1.0
            element vertex %s
            property float x
            property float y
            property float z
            element face 1
            property list uchar int vertex_indices
            end_header
            0 0 0
            """
                .formatted(format, vertices);
        add(
            cases,
            "PLY, " + format + ", of " + vertices + " vertices",
            "vertex",
            () -> MeshFiles.load(Files.writeString(folder.resolve("lying.ply"), header)));
      }
    }
    add(
        cases,
        "PLY whose face has two billion corners",
        "face",
        () -> MeshFiles.load(Files.write(folder.resolve("corners.ply"), corners())));
    add(
        cases,
        "PLY header that never ends",
        "header",
        () -> MeshFiles.load(text(folder.resolve("header.ply"), "ply\ncomment x\n", LONG)));
    add(
        cases,
        "OBJ in one line",
        "line",
        () -> MeshFiles.load(text(folder.resolve("line.obj"), "f 1 1 1 ", LONG)));
  }

  private static byte[] corners() {
    byte[] header =
        """
        ply
        format binary_little_endian 1.0
        element vertex 1
        property float x
        property float y
        property float z
        element face 1
        property list uint int vertex_indices
        end_header
        """
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer ply = ByteBuffer.allocate(header.length + 24).order(ByteOrder.LITTLE_ENDIAN);
    return ply.put(header).put(new byte[12]).putInt(2_000_000_000).array();
  }

  /** A file that repeats a text until it has so many bytes. */
  private static Path text(Path file, String line, int bytes) throws IOException {
    char[] block = line.repeat((1 << 16) / line.length()).toCharArray();
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (int done = 0; done < bytes; done += block.length) {
        out.write(block);
      }
    }
    return file;
  }

  private static void add(
      List<HostileCase> cases, String name, String message, HostileCase.Reading reading) {
    cases.add(new HostileCase(name, message, reading));
  }
}
