package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;

/** Writes sample rows to one Parquet file, one row group each. Not thread-safe. */
final class SampleFileWriter implements AutoCloseable {
  private static final SourceColumn LAST_SEARCHED = SourceColumn.SOURCE_SHARD_ROW;

  private final Path file;
  private final ParquetWriter<Group> writer;

  SampleFileWriter(Path newFile) throws IOException {
    file = newFile;
    ExampleParquetWriter.Builder builder =
        ExampleParquetWriter.builder(new LocalOutputFile(newFile)).withType(SampleSchema.SCHEMA);
    builder
        .withConf(new PlainParquetConfiguration())
        .withCodecFactory(new ZstdCodecs())
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupRowCountLimit(1)
        .withDictionaryEncoding(false)
        .withPageWriteChecksumEnabled(true)
        .withSizeStatisticsEnabled(false)
        .withStatisticsEnabled(false);
    for (SourceColumn column : SourceColumn.values()) {
      if (column.compareTo(LAST_SEARCHED) <= 0) {
        builder.withStatisticsEnabled(column.columnName(), true);
      }
    }
    writer = builder.build();
  }

  void write(SourceRow row) throws IOException {
    Group group = new SimpleGroup(SampleSchema.SCHEMA);
    for (SourceColumn column : SourceColumn.values()) {
      if (row.has(column)) {
        add(group, column, row);
      }
    }
    writer.write(group);
  }

  private static void add(Group group, SourceColumn column, SourceRow row) {
    String name = column.columnName();
    switch (column.kind()) {
      case INT64 -> group.add(name, row.integer(column));
      case STRING -> group.add(name, row.text(column));
      case BYTES -> group.add(name, Binary.fromConstantByteArray(row.bytes(column)));
      case INT64_LIST -> {
        Group list = group.addGroup(name);
        row.longs(column).forEach(value -> list.addGroup(0).add(0, value));
      }
      case INT32_LIST -> {
        Group list = group.addGroup(name);
        row.ints(column).forEach(value -> list.addGroup(0).add(0, value));
      }
      case NAMES -> {
        Group map = group.addGroup(name);
        row.names(column)
            .forEach(
                (id, text) -> {
                  Group entry = map.addGroup(0);
                  entry.add(0, id);
                  entry.add(1, text);
                });
      }
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
    SampleFileFooter.sortEncodings(file);
  }
}
