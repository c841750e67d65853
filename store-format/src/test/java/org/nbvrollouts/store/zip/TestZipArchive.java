package org.nbvrollouts.store.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.InvalidContentException;

class TestZipArchive {
  private static final Map<String, byte[]> MEMBERS = members();

  private static Map<String, byte[]> members() {
    Map<String, byte[]> members = new TreeMap<>();
    members.put("a.json", "{}".getBytes(StandardCharsets.US_ASCII));
    members.put("b/empty", new byte[0]);
    members.put("b/x.bin", new byte[] {1, 2});
    return members;
  }

  private static byte[] zip(Map<String, byte[]> members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipArchiveWriter archive = new ZipArchiveWriter(out);
    try {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        byte[] content = member.getValue();
        archive.add(member.getKey(), content.length, crc32(content), to -> to.write(content));
      }
      assertThat(archive.finish()).isEqualTo(out.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static int crc32(byte[] content) {
    CRC32 crc32 = new CRC32();
    crc32.update(content);
    return (int) crc32.getValue();
  }

  private static byte[] changed(Consumer<ByteBuffer> change) {
    byte[] bytes = zip(MEMBERS);
    change.accept(ZipRecords.view(bytes, 0, bytes.length));
    return bytes;
  }

  /** Offset of the entry of a member in the central directory. */
  private static int entryOf(int number) {
    byte[] bytes = zip(MEMBERS);
    int offset = endOf(bytes).getInt(16);
    for (int i = 0; i < number; i++) {
      offset += ZipRecords.DIRECTORY_ENTRY_BYTES + bytes[offset + 28];
    }
    return offset;
  }

  private static ByteBuffer endOf(byte[] bytes) {
    return ZipRecords.view(bytes, bytes.length - 22, 22);
  }

  private static void refused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> readAll(ZipArchive.open(new MemoryZip(bytes))))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Cannot read packed store: ")
        .hasMessageContaining(reason)
        .hasMessageContaining("file=memory.zip");
  }

  private static void readAll(ZipArchive archive) {
    archive.members().values().forEach(archive::read);
  }

  @Test
  void theBytesAreTheDocumentedOnes() {
    byte[] bytes = zip(Map.of("b/x.bin", new byte[] {1, 2}));

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "504b0304"
                + "1400"
                + "0000"
                + "0000"
                + "0000"
                + "2100"
                + "92 42 cc b6".replace(" ", "")
                + "02000000"
                + "02000000"
                + "0700"
                + "0000"
                + "622f782e62696e"
                + "0102"
                + "504b0102"
                + "2d03"
                + "1400"
                + "0000"
                + "0000"
                + "0000"
                + "2100"
                + "92 42 cc b6".replace(" ", "")
                + "02000000"
                + "02000000"
                + "0700"
                + "0000"
                + "0000"
                + "0000"
                + "0000"
                + "0000a481"
                + "00000000"
                + "622f782e62696e"
                + "504b0506"
                + "0000"
                + "0000"
                + "0100"
                + "0100"
                + "35000000"
                + "27000000"
                + "0000");
  }

  @Test
  void membersAreReadWholeInPartsAndAsCopies() throws IOException {
    ZipArchive archive = ZipArchive.open(new MemoryZip(zip(MEMBERS)));

    assertThat(archive.members().keySet()).containsExactly("a.json", "b/empty", "b/x.bin");
    for (Map.Entry<String, byte[]> member : MEMBERS.entrySet()) {
      ZipMember found = archive.members().get(member.getKey());
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      archive.copy(found, copy);
      assertThat(archive.read(found)).isEqualTo(member.getValue());
      assertThat(copy.toByteArray()).isEqualTo(member.getValue());
    }
    ZipMember two = archive.members().get("b/x.bin");
    assertThat(archive.readRange(two, 1, 10)).containsExactly(2);
    assertThat(archive.readRange(two, 9, 10)).isEmpty();
  }

  @Test
  void javaReadsWhatWasWrittenAndItsOwnStoredArchivesAreRead() throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip(MEMBERS)))) {
      Map<String, byte[]> found = new LinkedHashMap<>();
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        found.put(entry.getName(), in.readAllBytes());
      }
      assertThat(found.keySet()).containsExactlyElementsOf(MEMBERS.keySet());
      assertThat(found.get("b/x.bin")).containsExactly(1, 2);
    }
    ZipArchive archive = ZipArchive.open(new MemoryZip(javaZip()));
    assertThat(archive.members().keySet()).containsExactly("a.json", "b/empty", "b/x.bin");
    readAll(archive);
  }

  private static byte[] javaZip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry folder = new ZipEntry("b/");
      folder.setMethod(ZipEntry.STORED);
      folder.setSize(0);
      folder.setCrc(0);
      zip.putNextEntry(folder);
      for (Map.Entry<String, byte[]> member : MEMBERS.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(member.getValue().length);
        entry.setCompressedSize(member.getValue().length);
        entry.setCrc(crc32(member.getValue()) & 0xFFFF_FFFFL);
        zip.putNextEntry(entry);
        zip.write(member.getValue());
      }
    }
    return out.toByteArray();
  }

  @Test
  void openingIsOneRequestAndAMemberOneMore() {
    Map<String, byte[]> members = new TreeMap<>(MEMBERS);
    members.put("c/large", new byte[1 << 20]);
    members.put("zarr.json", new byte[1000]);
    MemoryZip bytes = new MemoryZip(zip(members));
    ZipArchive archive = ZipArchive.open(bytes);
    archive.read(archive.members().get("zarr.json"));
    assertThat(bytes.requests()).hasSize(1);

    archive.read(archive.members().get("a.json"));
    archive.readRange(archive.members().get("c/large"), 10, 20);
    assertThat(bytes.requests()).hasSize(3);
  }

  @Test
  void noChangedBitOfAMemberIsReadUnnoticed() {
    byte[] whole = zip(MEMBERS);
    int stampsAndModes = 0;
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        ZipArchive archive = ZipArchive.open(new MemoryZip(bytes));
        Map<String, byte[]> found = new TreeMap<>();
        archive.members().forEach((name, member) -> found.put(name, archive.read(member)));
        assertThat(found).as("bit %d", bit).usingRecursiveComparison().isEqualTo(MEMBERS);
        stampsAndModes++;
      } catch (InvalidContentException expected) {
        assertThat(expected).hasMessageContaining("file=memory.zip");
      }
    }
    assertThat(stampsAndModes).isPositive();
  }

  @Test
  void archivesThatAreCutShortAreRefused() {
    byte[] whole = zip(MEMBERS);
    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length), "");
    }
    assertThatThrownBy(() -> ZipArchive.open(new MemoryZip(whole, whole.length + 10L)))
        .hasMessageContaining("it ends before its size says");
  }

  @Test
  void randomBytesAreRefused() {
    Random random = new Random(11);
    for (int run = 0; run < 2000; run++) {
      byte[] bytes = zip(MEMBERS);
      for (int change = 0; change < 6; change++) {
        int at = random.nextInt(bytes.length);
        bytes[at] = (byte) random.nextInt(256);
      }
      try {
        readAll(ZipArchive.open(new MemoryZip(bytes)));
      } catch (InvalidContentException expected) {
        assertThat(expected).as("seed 11, run %d", run).hasMessageContaining("memory.zip");
      }
    }
  }

  @Test
  void whatIsNotPlainStoredMembersIsRefused() {
    int entry = entryOf(0);
    refused(
        changed(zip -> zip.putShort(entry + 10, (short) 8)),
        "a member is compressed (expected method 0, actual=8)");
    refused(changed(zip -> zip.putShort(entry + 8, (short) 1)), "a member is encrypted");
    refused(
        changed(zip -> zip.putShort(entry + 8, (short) 8)), "the sizes of a member stand behind");
    refused(changed(zip -> zip.putShort(entry + 8, (short) 64)), "what this reader does not know");
    refused(changed(zip -> zip.putInt(entry + 38, 0120777 << 16)), "is a link");
    refused(changed(zip -> zip.putInt(entry + 20, 5)), "two sizes (packed=5, unpacked=2)");
    refused(changed(zip -> zip.put(36, (byte) 'x')), "CRC-32 differs");
    refused(changed(zip -> zip.putInt(0, 7)), "contradicts the central directory");
    refused(changed(zip -> zip.put(30, (byte) 'x')), "contradicts the central directory");
  }

  @Test
  void bombsAndOverlapsAreRefusedWithoutReadingThem() {
    int entry = entryOf(0);
    refused(
        changed(
            zip -> {
              zip.putInt(entry + 20, 0x7FFF_FFFF);
              zip.putInt(entry + 24, 0x7FFF_FFFF);
            }),
        "its members overlap or leave gaps");
    refused(
        changed(zip -> zip.putInt(entryOf(1) + 42, zip.getInt(entryOf(2) + 42))),
        "its members overlap or leave gaps");
    refused(changed(zip -> zip.putInt(entry + 42, 1)), "its members overlap or leave gaps");
    byte[] prefixed = new byte[100 + zip(MEMBERS).length];
    System.arraycopy(zip(MEMBERS), 0, prefixed, 100, prefixed.length - 100);
    refused(prefixed, "its central directory does not end where the end record begins");
  }

  @Test
  void endRecordsThatLieAreRefused() {
    byte[] whole = zip(MEMBERS);
    int end = whole.length - 22;
    byte[] withComment = Arrays.copyOf(whole, whole.length + 5);
    withComment[end + 20] = 5;
    refused(withComment, "one with a comment");
    // A comment that is an end record of its own, with another directory.
    byte[] nested = Arrays.copyOf(whole, whole.length + 22);
    nested[end + 20] = 22;
    System.arraycopy(whole, end, nested, whole.length, 22);
    refused(nested, "its central directory does not end where the end record begins");
    refused(changed(zip -> zip.putShort(end + 10, (short) 2)), "several volumes");
    refused(
        changed(
            zip -> {
              zip.putShort(end + 8, (short) 2);
              zip.putShort(end + 10, (short) 2);
            }),
        "goes on after the last entry (entries=2");
    refused(
        changed(
            zip -> {
              zip.putShort(end + 8, (short) 60_000);
              zip.putShort(end + 10, (short) 60_000);
            }),
        "too short for its entries (entries=60000");
    refused(
        changed(
            zip -> {
              zip.putShort(end + 8, (short) -1);
              zip.putShort(end + 10, (short) -1);
            }),
        "its ZIP64 end record is missing or damaged");
  }

  @Test
  void namesThatLeadElsewhereAreRefused() {
    for (String name : List.of("../.bin", "/.x.bin", "b\\x.bin", "b/./bin", "b//.bin", "b:x.bin")) {
      refused(renamed(2, name), "a member has a name that is not allowed");
    }
    refused(renamed(2, "b/x\nbin"), "member=b/x\\u000abin");
    refused(renamed(2, "b/empty"), "two members have the same name");
    refused(renamed(2, "a.json/"), "a folder has content");
    refused(renamed(1, "b/x.bin"), "two members have the same name");
  }

  @Test
  void aNameIsNotFileAndFolderAtOnce() {
    Map<String, byte[]> members = new TreeMap<>(MEMBERS);
    members.put("a.json/b", new byte[0]);
    refused(zip(members), "a member is a file and a folder at once");
  }

  private static byte[] renamed(int number, String name) {
    return changed(
        zip -> {
          int header = zip.getInt(entryOf(number) + 42);
          byte[] text = name.getBytes(StandardCharsets.US_ASCII);
          assertThat(text).hasSize(7);
          zip.position(header + 30).put(text);
          zip.position(entryOf(number) + 46).put(text);
        });
  }

  @Test
  void longListsNeedTheLargeEndRecord() {
    Map<String, byte[]> many = new TreeMap<>();
    for (int i = 0; i < 65_535; i++) {
      many.put("%05d".formatted(i), new byte[0]);
    }
    byte[] bytes = zip(many);
    assertThat(ZipArchive.open(new MemoryZip(bytes)).members()).hasSize(65_535);
    int record = bytes.length - ZipEnd.MOST_BYTES;
    for (int field : new int[] {0, 4, 16, 24, 32, 40, 48, 56, 60, 64, 72}) {
      byte[] lie = bytes.clone();
      lie[record + field] ^= 1;
      assertThatThrownBy(() -> ZipArchive.open(new MemoryZip(lie)))
          .as("field at %d", field)
          .isInstanceOf(InvalidContentException.class);
    }
  }

  @Test
  void membersOverFourGibibytesHaveTheirSizesInTheExtraField() {
    long size = 5L << 30;
    byte[] header = ZipRecords.localHeader("large", size, 7);
    assertThat(header).hasSize(30 + 5 + 20);
    byte[] entry = ZipRecords.directoryEntry(new ZipMember("large", size, size + 55, size, 7));
    assertThat(entry).hasSize(46 + 5 + 4 + 24);
    byte[] end = ZipRecords.end(1, 2 * size, entry.length);
    assertThat(end).hasSize(ZipEnd.MOST_BYTES);
    assertThat(ZipEnd.parse(end, 2 * size + entry.length + end.length, "memory.zip"))
        .isEqualTo(new ZipEnd(1, 2 * size, entry.length));
  }

  @Test
  void namesOutOfOrderAndChangingContentsAreErrorsOfTheWriter() throws IOException {
    ZipArchiveWriter archive = new ZipArchiveWriter(OutputStream.nullOutputStream());
    archive.add("b", 0, 0, out -> {});

    assertThatThrownBy(() -> archive.add("a", 0, 0, out -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid member order: a after b");
    assertThatThrownBy(() -> archive.add("../c", 0, 0, out -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid member name: ../c (expected a relative path");
    assertThatThrownBy(() -> archive.add("c", 2, 0, out -> out.write(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the content changed while it was packed (member=c, expected=2");
  }
}
