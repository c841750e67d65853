package org.nbvrollouts.store.source.rollout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The pages of a column chunk by their headers. The Parquet library believes these: it takes memory
 * for a page of any size before it reads it, and reads on behind a chunk that has too few values.
 */
final class SamplePages {
  /** Headers without long statistics. */
  static final int USUAL_HEADER_BYTES = 256;

  private static final int MOST_HEADER_BYTES = 1 << 16;

  private final SeekableInputStream file;
  private final ColumnChunkMetaData column;
  private long position;

  private SamplePages(SeekableInputStream file, ColumnChunkMetaData column) {
    this.file = file;
    this.column = column;
    this.position = column.getStartingPos();
  }

  /**
   * Refuses a chunk unless its pages fill it and have the values that the footer says.
   *
   * @param column a chunk within the file
   * @throws IOException if the bytes cannot be read or are no header
   */
  static void check(SeekableInputStream file, ColumnChunkMetaData column) throws IOException {
    new SamplePages(file, column).check();
  }

  private void check() throws IOException {
    long end = position + column.getTotalSize();
    long values = 0;
    while (position < end) {
      PageHeader header = header(end);
      long bytes = header.getCompressed_page_size();
      if (bytes < 0 || bytes > end - position) {
        throw new ParquetDecodingException(
            "a page lies outside its column chunk (column=%s, bytes=%d, expected at most %d)"
                .formatted(column.getPath().toDotString(), bytes, end - position));
      }
      position += bytes;
      values += values(header);
    }
    if (values != column.getValueCount()) {
      throw new ParquetDecodingException(
          "a column chunk has %d values (column=%s, expected %d)"
              .formatted(values, column.getPath().toDotString(), column.getValueCount()));
    }
  }

  private static long values(PageHeader header) {
    PageType type = header.getType();
    if (type == PageType.DATA_PAGE && header.isSetData_page_header()) {
      return header.getData_page_header().getNum_values();
    }
    return type == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2()
        ? header.getData_page_header_v2().getNum_values()
        : 0;
  }

  /** Reads the header at the position, which is behind it afterwards. */
  private PageHeader header(long end) throws IOException {
    try {
      return header(end, USUAL_HEADER_BYTES);
    } catch (IOException longer) {
      return header(end, MOST_HEADER_BYTES);
    }
  }

  private PageHeader header(long end, int most) throws IOException {
    byte[] bytes = new byte[(int) Math.min(most, end - position)];
    file.seek(position);
    file.readFully(bytes);
    ByteArrayInputStream left = new ByteArrayInputStream(bytes);
    PageHeader header = Util.readPageHeader(left);
    position += bytes.length - left.available();
    return header;
  }
}
