package org.nbvrollouts.store.zarr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.store.StoreHandle;
import dev.zarr.zarrjava.v3.Array;
import dev.zarr.zarrjava.v3.ArrayMetadata;
import dev.zarr.zarrjava.v3.Node;
import dev.zarr.zarrjava.v3.codec.CodecRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;

/**
 * The adapter: reads chunks of arrays of any form through the Zarr library. Documents, groups and
 * consolidated metadata are read by this package, and what {@link ArrayWriter} writes by {@link
 * PlainReader} and {@link ShardReader}, which are faster.
 */
final class ZarrArrays {
  private static final long MAX_BYTES = Integer.MAX_VALUE - 64;
  private static final long MAX_CHUNKS = 1 << 22;
  private static final double MAX_CHUNKS_IN_SHARD = 1 << 20;

  /** The array, a decoded chunk, and what the Zarr library makes of it, may be there together. */
  private static final long COPIES_IN_MEMORY = 4;

  /** How the mapper begins when a class of the library refuses a value. */
  private static final Pattern LIBRARY_CLASS =
      Pattern.compile("^Cannot construct instance of `[^`]*`, problem: ");

  private static final ObjectMapper DOCUMENTS;

  static {
    CodecRegistry.addType("zstd", ZstdCodec.class);
    CodecRegistry.addType("blosc", BloscCodec.class);
    CodecRegistry.addType("gzip", GzipCodec.class);
    DOCUMENTS = Node.makeObjectMapper();
  }

  private ZarrArrays() {}

  /** An array whose document has been parsed already; the library would build a mapper for each. */
  private static final class OpenedArray extends Array {
    OpenedArray(StoreHandle handle, ArrayMetadata metadata) throws ZarrException {
      super(handle, metadata);
    }
  }

  /** Reads rows {@code firstRow} to {@code firstRow + rows − 1}, touching only their chunks. */
  static TypedArray read(
      StoreFiles files, String path, ArrayDocument document, int firstRow, int rows) {
    ChunkGrid grid = new ChunkGrid(document);
    checkSize(path, document, rows, grid.chunkBytesExact());
    long size = grid.elements(rows);
    int[] rowShape = new int[Math.max(0, document.shape().size() - 1)];
    Arrays.setAll(rowShape, axis -> document.shape().get(axis + 1).intValue());
    if (size == 0) {
      return new TypedArrayBuilder(document.type(), rowShape).build(rows);
    }
    boolean isPart = document.chunkRowsInShard().isPresent() && rows < document.shape().get(0);
    return TypedArray.ofRows(
        document.type(),
        rowShape,
        isPart
            ? readPart(files, path, document, firstRow, rows)
            : readChunks(files, path, document, firstRow, rows));
  }

  /** Refuses what would not fit in memory, before anything is allocated. */
  static void checkSize(String path, ArrayDocument document, int rows, BigInteger chunkBytes) {
    ChunkGrid grid = new ChunkGrid(document);
    BigInteger bytes = grid.bytesOf(rows).max(chunkBytes);
    if (bytes.compareTo(BigInteger.valueOf(MAX_BYTES)) > 0) {
      throw new InvalidContentException(
          "Cannot read array: more than 2 GiB at once (array=%s, shape=%s, rows=%d)"
              .formatted(path, document.shape(), rows));
    }
    long chunks = rows == 0 ? 0 : grid.chunkCount(rows);
    if (chunks > MAX_CHUNKS) {
      throw new InvalidContentException(
          "Cannot read array: %d chunks at once (array=%s, expected at most %d)"
              .formatted(chunks, path, MAX_CHUNKS));
    }
    if (document.chunksInShard() > MAX_CHUNKS_IN_SHARD) {
      // The Zarr library lists the chunks of a whole Zarr shard before it reads one.
      throw new InvalidContentException(
          "Cannot read array: %.0f chunks in a Zarr shard (array=%s, expected at most %.0f)"
              .formatted(document.chunksInShard(), path, MAX_CHUNKS_IN_SHARD));
    }
    BigInteger most = BigInteger.valueOf(Runtime.getRuntime().maxMemory() / COPIES_IN_MEMORY);
    if (bytes.compareTo(most) > 0) {
      // Chunks may be absent, so a document of a hundred bytes can ask for any amount.
      throw new InvalidContentException(
          "Cannot read array: %d MiB at once (array=%s, shape=%s, rows=%d, expected at most %d MiB"
                  .formatted(
                      bytes.shiftRight(20), path, document.shape(), rows, most.shiftRight(20))
              + " with this heap); give more memory if the array is meant to be so large");
    }
  }

  private static ByteBuffer readChunks(
      StoreFiles files, String path, ArrayDocument document, int firstRow, int rows) {
    ChunkGrid grid = new ChunkGrid(document);
    Array array = open(files, path, document, FillValue.forReading(document, path));
    byte[] elements = new byte[grid.bytes(rows)];
    for (long[] chunk : grid.chunks(firstRow, rows)) {
      grid.copyIn(chunk, readChunk(files, path, array, chunk), elements, firstRow, rows);
    }
    return ByteBuffer.wrap(elements);
  }

  /**
   * Reads rows of a sharded array; the library fetches and decodes only the chunks it needs. It
   * counts those from the number of rows alone, and so leaves the last one out of a range that
   * begins within a chunk. Every range it is asked for therefore begins with a chunk and stays in
   * one Zarr shard.
   */
  private static ByteBuffer readPart(
      StoreFiles files, String path, ArrayDocument document, int firstRow, int rows) {
    ChunkGrid grid = new ChunkGrid(document);
    Array array = open(files, path, document, FillValue.forReading(document, path));
    long shardRows = document.chunkShape().get(0);
    long chunkRows = document.chunkRowsInShard().orElseThrow();
    ByteBuffer elements = ByteBuffer.allocate(grid.bytes(rows));
    long end = firstRow + (long) rows;
    for (long row = firstRow; row < end; ) {
      long pieceEnd = Math.min(end, (row / shardRows + 1) * shardRows);
      long pieceStart = row / chunkRows * chunkRows;
      ByteBuffer piece = readRows(files, path, array, pieceStart, pieceEnd);
      piece.position(grid.bytes((int) (row - pieceStart)));
      elements.put(piece);
      row = pieceEnd;
    }
    return elements.flip();
  }

  private static ByteBuffer readRows(
      StoreFiles files, String path, Array array, long firstRow, long end) {
    long[] offset = new long[array.metadata().ndim()];
    int[] shape = Arrays.stream(array.metadata().shape).mapToInt(Math::toIntExact).toArray();
    offset[0] = firstRow;
    shape[0] = Math.toIntExact(end - firstRow);
    try {
      return array.read(offset, shape).getDataAsByteBuffer(ByteOrder.LITTLE_ENDIAN);
    } catch (ZarrException | RuntimeException e) {
      throw failure("read", files, path, e);
    }
  }

  private static ByteBuffer readChunk(StoreFiles files, String path, Array array, long[] chunk) {
    try {
      return array.readChunk(chunk).getDataAsByteBuffer(ByteOrder.LITTLE_ENDIAN);
    } catch (ZarrException | RuntimeException e) {
      throw failure("read", files, path + "/c/" + join(chunk), e);
    }
  }

  private static String join(long[] chunk) {
    return String.join("/", Arrays.stream(chunk).mapToObj(Long::toString).toList());
  }

  /**
   * An array of the library over the chunk files of a store.
   *
   * @param fillValue in the spelling of the library
   */
  static Array open(StoreFiles files, String path, ArrayDocument document, Object fillValue) {
    try {
      byte[] text =
          CanonicalJson.compact(document.toLibraryJson(fillValue)).getBytes(StandardCharsets.UTF_8);
      ArrayMetadata metadata = DOCUMENTS.readValue(text, ArrayMetadata.class);
      return new OpenedArray(new StoreHandle(new ArrayStore(files, path)), metadata);
    } catch (IOException | ZarrException | RuntimeException e) {
      throw failure("open", files, path, e);
    }
  }

  private static NbvException failure(String verb, StoreFiles files, String path, Throwable cause) {
    Throwable inner = cause;
    while (inner != null) {
      if (inner instanceof NbvException known) {
        return known;
      }
      inner = inner.getCause();
    }
    return new InvalidContentException(
        "Cannot %s array: %s (array=%s, store=%s)"
            .formatted(verb, reason(cause), path, files.location()),
        cause);
  }

  /** What a person can act on; the library's classes are none of it. */
  private static String reason(Throwable cause) {
    if (cause instanceof InvalidTypeIdException unknown) {
      return "unknown "
          + unknown.getBaseType().getRawClass().getSimpleName().toLowerCase(Locale.ROOT)
          + " "
          + unknown.getTypeId();
    }
    if (cause instanceof UnrecognizedPropertyException unknown) {
      return "unknown setting " + unknown.getPropertyName();
    }
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof ZarrException || inner instanceof JsonProcessingException) {
        return LIBRARY_CLASS
            .matcher(String.valueOf(inner.getMessage()).lines().findFirst().orElse(""))
            .replaceFirst("");
      }
    }
    // Buffers of the library that are too short or too long for what it expects.
    return "its bytes do not make a chunk"
        + (cause.getMessage() == null
            ? ""
            : ", " + cause.getMessage().lines().findFirst().orElse(""));
  }

  static ucar.ma2.DataType libraryType(ElementType type) {
    return switch (type) {
      case BOOL -> ucar.ma2.DataType.BOOLEAN;
      case INT8 -> ucar.ma2.DataType.BYTE;
      case UINT8 -> ucar.ma2.DataType.UBYTE;
      case INT16 -> ucar.ma2.DataType.SHORT;
      case UINT16, FLOAT16 -> ucar.ma2.DataType.USHORT;
      case INT32 -> ucar.ma2.DataType.INT;
      case UINT32 -> ucar.ma2.DataType.UINT;
      case INT64 -> ucar.ma2.DataType.LONG;
      case UINT64 -> ucar.ma2.DataType.ULONG;
      case FLOAT32 -> ucar.ma2.DataType.FLOAT;
      case FLOAT64 -> ucar.ma2.DataType.DOUBLE;
    };
  }
}
