package org.nbvrollouts.store.source.vin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nbvrollouts.store.error.RefusedInputException;

/** Reads NPY files, version 1, that hold one axis of int64; anything else is refused. */
final class NpyParser {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int HEADER_START = MAGIC.length + 2;
  private static final Pattern TYPE = Pattern.compile("'descr': *('[^']*'|\\[[^\\]]*\\])");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\( *([0-9]{1,18}) *, *\\)");

  private NpyParser() {}

  /**
   * The elements of a file.
   *
   * @param file name for messages
   */
  static long[] longs(byte[] npy, String file) {
    if (npy.length < HEADER_START || !Arrays.equals(MAGIC, 0, MAGIC.length, npy, 0, MAGIC.length)) {
      throw invalid("no NPY file of version 1", file);
    }
    ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = bytes.getShort(MAGIC.length) & 0xffff;
    if (npy.length < HEADER_START + headerLength) {
      throw invalid("the file ends in its header", file);
    }
    String header = new String(npy, HEADER_START, headerLength, StandardCharsets.ISO_8859_1);
    Matcher type = TYPE.matcher(header);
    String found = type.find() ? type.group(1) : "none";
    if (found.contains("O")) {
      throw invalid("pickled objects " + found + ", which are never read", file);
    }
    if (!found.equals("'<i8'")) {
      throw invalid("type " + found, file);
    }
    Matcher shape = SHAPE.matcher(header);
    if (!shape.find()) {
      throw invalid("no shape of one axis", file);
    }
    long length = Long.parseLong(shape.group(1));
    int available = npy.length - HEADER_START - headerLength;
    if (length > available / Long.BYTES || length * Long.BYTES != available) {
      throw invalid(length + " elements in " + available + " bytes", file);
    }
    long[] values = new long[(int) length];
    bytes.position(HEADER_START + headerLength);
    bytes.asLongBuffer().get(values);
    return values;
  }

  private static RefusedInputException invalid(String what, String file) {
    return new RefusedInputException(
        "Invalid NPY file: " + what + " (expected one axis of '<i8', file=" + file + ")");
  }
}
