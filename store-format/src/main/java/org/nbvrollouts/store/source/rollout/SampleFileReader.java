package org.nbvrollouts.store.source.rollout;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;

/**
 * Reads sample rows of one Parquet file. The footer is read once; a row costs the bytes of its own
 * row group. Immutable and thread-safe.
 */
final class SampleFileReader {
  private static final Set<SourceColumn> INDEX_COLUMNS =
      EnumSet.of(
          SourceColumn.SAMPLE_INDEX,
          SourceColumn.SAMPLE_KEY,
          SourceColumn.SCENE_ID,
          SourceColumn.SNIPPET_ID,
          SourceColumn.SPLIT,
          SourceColumn.SOURCE_SHARD_ID,
          SourceColumn.SOURCE_SHARD_ROW,
          SourceColumn.MESH_SHA256,
          SourceColumn.MESH_VERTICES,
          SourceColumn.MESH_FACES);

  private static final int READ_BYTES = 1 << 16;

  private final InputFile input;
  private final String file;
  private final ParquetMetadata footer;

  private SampleFileReader(InputFile input, String file, ParquetMetadata footer) {
    this.input = input;
    this.file = file;
    this.footer = footer;
  }

  /**
   * Reads the footer and checks the schema.
   *
   * @param file name for messages
   * @throws RefusedInputException if the file is no sample file with one row per row group
   */
  static SampleFileReader open(InputFile input, String file) {
    ParquetMetadata footer;
    long bytes;
    try (ParquetFileReader reader = ParquetFileReader.open(input, options())) {
      footer = reader.getFooter();
      bytes = input.getLength();
    } catch (FileNotFoundException | FileSystemException failed) {
      throw new EnvironmentException(
          "Cannot read sample file: " + StorageReason.of(failed) + " (file=" + file + ")", failed);
    } catch (IOException | RuntimeException broken) {
      throw new RefusedInputException(
          "Cannot read sample file: its footer is none of Parquet or damaged (expected a whole"
              + " Parquet file, file="
              + file
              + ")",
          broken);
    }
    List<String> problems =
        new ArrayList<>(SampleSchema.problems(footer.getFileMetaData().getSchema(), file));
    for (int i = 0; i < footer.getBlocks().size(); i++) {
      BlockMetaData block = footer.getBlocks().get(i);
      if (block.getRowCount() != 1) {
        problems.add(
            "Invalid sample file: row group "
                + i
                + " has "
                + block.getRowCount()
                + " rows (expected 1, file="
                + file
                + ")");
      }
      block.getColumns().stream()
          .filter(column -> !liesWithin(column, bytes))
          .map(column -> outside(column, bytes, file))
          .forEach(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new RefusedInputException(String.join("\n", problems));
    }
    return new SampleFileReader(input, file, footer);
  }

  /** Parquet takes as much memory as a footer says before it reads. */
  private static boolean liesWithin(ColumnChunkMetaData column, long bytes) {
    return column.getStartingPos() >= 0
        && column.getTotalSize() >= 0
        && column.getTotalSize() <= bytes - column.getStartingPos();
  }

  private static String outside(ColumnChunkMetaData column, long bytes, String file) {
    return "Invalid sample file: column %s lies outside it (offset=%d, bytes=%d, expected within %d bytes, file=%s)"
        .formatted(
            column.getPath().toDotString(),
            column.getStartingPos(),
            column.getTotalSize(),
            bytes,
            file);
  }

  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withCodecFactory(new ZstdCodecs())
        .withUseHadoopVectoredIo(false)
        .usePageChecksumVerification(true)
        .build();
  }

  int rows() {
    return footer.getBlocks().size();
  }

  /** The place of a row for messages. */
  String place(int row) {
    return "file=" + file + ", row=" + row;
  }

  /** All columns of a row. */
  SourceRow read(int row) {
    return read(row, EnumSet.allOf(SourceColumn.class));
  }

  /** Identity and mesh columns of a row. */
  SourceRow readIndex(int row) {
    return read(row, INDEX_COLUMNS);
  }

  private SourceRow read(int row, Set<SourceColumn> columns) {
    try (ParquetFileReader reader =
        new ParquetFileReader(input, footer, options(), input.newStream())) {
      MessageType fileSchema = footer.getFileMetaData().getSchema();
      MessageType wanted = SampleSchema.projection(fileSchema, columns);
      checkPages(row, wanted);
      reader.setRequestedSchema(wanted);
      PageReadStore pages = reader.readRowGroup(row);
      Group group =
          new ColumnIOFactory()
              .getColumnIO(wanted, fileSchema)
              .getRecordReader(pages, new GroupRecordConverter(wanted))
              .read();
      return row(group);
    } catch (IOException failed) {
      // The library tells damage and storage failures by one type.
      if (isReadable(row)) {
        throw damaged(row, failed);
      }
      throw new EnvironmentException(
          "Cannot read sample: " + StorageReason.of(failed) + " (" + place(row) + ")", failed);
    } catch (RuntimeException broken) {
      throw damaged(row, broken);
    }
  }

  private void checkPages(int row, MessageType wanted) throws IOException {
    try (SeekableInputStream stream = input.newStream()) {
      for (ColumnChunkMetaData column : footer.getBlocks().get(row).getColumns()) {
        if (wanted.containsPath(column.getPath().toArray())) {
          SamplePages.check(stream, column);
        }
      }
    }
  }

  /** True if the storage gives all bytes of the row, or the file ends before them. */
  private boolean isReadable(int row) {
    BlockMetaData block = footer.getBlocks().get(row);
    byte[] bytes = new byte[READ_BYTES];
    try (SeekableInputStream stream = input.newStream()) {
      stream.seek(block.getStartingPos());
      for (long left = block.getCompressedSize(); left > 0; left -= bytes.length) {
        stream.readFully(bytes, 0, (int) Math.min(left, bytes.length));
      }
      return true;
    } catch (EOFException cut) {
      return true;
    } catch (IOException failed) {
      return false;
    }
  }

  private RefusedInputException damaged(int row, Exception cause) {
    return new RefusedInputException(
        "Cannot read sample: its row group is damaged (expected whole pages that match their"
            + " checksums, "
            + place(row)
            + "); write the source again or restore the file",
        cause);
  }

  private static SourceRow row(Group group) {
    SourceRow row = new SourceRow();
    for (int field = 0; field < group.getType().getFieldCount(); field++) {
      if (group.getFieldRepetitionCount(field) == 1) {
        String name = group.getType().getFieldName(field);
        put(row, SourceColumn.named(name).orElseThrow(), group, field);
      }
    }
    return row;
  }

  private static void put(SourceRow row, SourceColumn column, Group group, int field) {
    switch (column.kind()) {
      case INT64 -> row.put(column, group.getLong(field, 0));
      case STRING -> row.put(column, group.getString(field, 0));
      case BYTES -> row.put(column, group.getBinary(field, 0).getBytes());
      case INT64_LIST -> {
        Group list = group.getGroup(field, 0);
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
          values.add(list.getGroup(0, i).getLong(0, 0));
        }
        row.putLongs(column, values);
      }
      case INT32_LIST -> {
        Group list = group.getGroup(field, 0);
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
          values.add(list.getGroup(0, i).getInteger(0, 0));
        }
        row.putInts(column, values);
      }
      case NAMES -> {
        Group map = group.getGroup(field, 0);
        TreeMap<Integer, String> names = new TreeMap<>();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
          Group entry = map.getGroup(0, i);
          names.put(entry.getInteger(0, 0), entry.getString(1, 0));
        }
        row.putNames(column, names);
      }
    }
  }
}
