package org.nbvrollouts.store.source.rollout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.LocalInputFile;
import org.nbvrollouts.store.damage.HostileCase;
import org.nbvrollouts.store.source.MeshReference;

/** Sample files of rollout source v1 whose footer or page headers lie. */
public final class HostileSampleFiles {
  private static final int TAIL_BYTES = 8;
  private static final String DAMAGED = "Cannot read sample: its row group is damaged";
  private static final String OUTSIDE = "Invalid sample file: column sample_index lies outside it";

  private final Path folder;
  private final byte[] valid;
  private final List<HostileCase> cases = new ArrayList<>();

  private HostileSampleFiles(Path folder, byte[] valid) {
    this.folder = folder;
    this.valid = valid.clone();
  }

  /** The inputs. */
  public static List<HostileCase> cases(Path folder) throws IOException {
    Path source = folder.resolve("source");
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(source, SourceFixtures.PROVENANCE)) {
      MeshReference mesh = writer.addMesh(SourceFixtures.tetrahedron(1));
      writer.addSample(SourceFixtures.sample(0, mesh, new SplittableRandom(3)));
      writer.finish();
    }
    try (Stream<Path> files = Files.list(source.resolve("samples"))) {
      HostileSampleFiles made =
          new HostileSampleFiles(folder, Files.readAllBytes(files.findFirst().orElseThrow()));
      made.footers();
      made.pages();
      return made.cases;
    }
  }

  private void footers() {
    footer(
        "rows of a row group",
        "Invalid sample file: row group 0 has 1099511627776 rows",
        footer -> group(footer).setNum_rows(1L << 40));
    footer("values of a column", DAMAGED, footer -> column(footer).setNum_values(1L << 40));
    footer("negative values", DAMAGED, footer -> column(footer).setNum_values(-1));
    footer(
        "bytes of a column", OUTSIDE, footer -> column(footer).setTotal_compressed_size(1L << 40));
    footer(
        "two gibibytes of a column",
        OUTSIDE,
        footer -> column(footer).setTotal_compressed_size(Integer.MAX_VALUE));
    footer(
        "negative bytes of a column",
        OUTSIDE,
        footer -> column(footer).setTotal_compressed_size(-7));
    footer("offset of a column", OUTSIDE, footer -> offset(footer, 1L << 50));
    footer("negative offset of a column", OUTSIDE, footer -> offset(footer, -9));
    add(
        "Parquet footer of two gibibytes",
        "its footer is none of Parquet or damaged",
        () -> {
          byte[] lying = valid.clone();
          little(lying).putInt(lying.length - TAIL_BYTES, Integer.MAX_VALUE);
          read(lying);
        });
    add(
        "Parquet file of nothing but a footer length",
        "its footer is none of Parquet or damaged",
        () -> read(Arrays.copyOfRange(valid, valid.length - TAIL_BYTES, valid.length)));
  }

  private void pages() {
    page("two gibibytes of a page", header -> header.setUncompressed_page_size(Integer.MAX_VALUE));
    page("a negative page", header -> header.setUncompressed_page_size(-1));
    page(
        "two compressed gibibytes of a page",
        header -> header.setCompressed_page_size(Integer.MAX_VALUE));
    page("a negative compressed page", header -> header.setCompressed_page_size(-1));
    page(
        "two billion values of a page",
        header -> {
          if (header.isSetData_page_header()) {
            header.getData_page_header().setNum_values(Integer.MAX_VALUE);
          } else {
            header.getDictionary_page_header().setNum_values(Integer.MAX_VALUE);
          }
        });
  }

  private static RowGroup group(FileMetaData footer) {
    return footer.getRow_groups().get(0);
  }

  private static ColumnMetaData column(FileMetaData footer) {
    return group(footer).getColumns().get(0).getMeta_data();
  }

  private static void offset(FileMetaData footer, long offset) {
    column(footer).setData_page_offset(offset);
    column(footer).unsetDictionary_page_offset();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void add(String name, String message, HostileCase.Reading reading) {
    cases.add(new HostileCase(name, message, reading));
  }

  private int footerStart() {
    return valid.length - TAIL_BYTES - little(valid).getInt(valid.length - TAIL_BYTES);
  }

  private FileMetaData footer() throws IOException {
    return Util.readFileMetaData(
        new ByteArrayInputStream(valid, footerStart(), valid.length - TAIL_BYTES - footerStart()));
  }

  private void footer(String lie, String message, Consumer<FileMetaData> change) {
    add(
        "Parquet footer that lies about " + lie,
        message,
        () -> {
          FileMetaData footer = footer();
          change.accept(footer);
          read(file(Arrays.copyOf(valid, footerStart()), footer));
        });
  }

  private static byte[] file(byte[] pages, FileMetaData footer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(pages);
    Util.writeFileMetaData(footer, out);
    byte[] tail = new byte[TAIL_BYTES];
    little(tail).putInt(out.size() - pages.length).put(new byte[] {'P', 'A', 'R', '1'});
    out.writeBytes(tail);
    return out.toByteArray();
  }

  /** Puts another header before the first page of the largest column, which is moved to the end. */
  private void page(String lie, Consumer<PageHeader> change) {
    add(
        "Parquet page header that lies about " + lie,
        DAMAGED,
        () -> {
          FileMetaData footer = footer();
          ColumnMetaData column =
              group(footer).getColumns().stream()
                  .map(chunk -> chunk.getMeta_data())
                  .max(
                      (a, b) ->
                          Long.compare(a.getTotal_compressed_size(), b.getTotal_compressed_size()))
                  .orElseThrow();
          int start =
              (int)
                  (column.isSetDictionary_page_offset()
                      ? column.getDictionary_page_offset()
                      : column.getData_page_offset());
          ByteArrayInputStream in =
              new ByteArrayInputStream(valid, start, (int) column.getTotal_compressed_size());
          PageHeader header = Util.readPageHeader(in);
          byte[] rest = in.readAllBytes();
          change.accept(header);
          ByteArrayOutputStream pages = new ByteArrayOutputStream();
          pages.write(valid, 0, footerStart());
          int moved = pages.size();
          Util.writePageHeader(header, pages);
          pages.writeBytes(rest);
          column.unsetDictionary_page_offset();
          column.setData_page_offset(moved);
          column.setTotal_compressed_size(pages.size() - moved);
          read(file(pages.toByteArray(), footer));
        });
  }

  private void read(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("lying.parquet"), content);
    SampleFileReader reader = SampleFileReader.open(new LocalInputFile(file), "lying.parquet");
    for (int row = 0; row < reader.rows(); row++) {
      reader.readIndex(row);
      RolloutSourceReader.load(reader, row);
    }
  }
}
