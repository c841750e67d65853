package org.nbvrollouts.store.source.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * Walks over a text file line by line and token by token. Bytes are ASCII-compatible; LF and CRLF
 * end a line. Tokens are separated by runs of blanks and tabs, or by single commas with the blanks
 * around them removed. Not thread-safe.
 */
public final class LineTokens {
  private static final int MAX_LINE_BYTES = 1 << 20;
  private static final int BLOCK_BYTES = 1 << 18;

  /** What separates tokens. */
  public enum Separator {
    BLANKS,
    COMMA
  }

  private final InputStream input;
  private final String file;
  private final Separator separator;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int blockLength;
  private int blockPosition;
  private byte[] line = new byte[256];
  private int lineLength;
  private int lineNumber;
  private int next;
  private int tokenStart;
  private int tokenEnd;

  /**
   * @param file name for messages
   * @param linesBefore lines of the file that were read already
   */
  public LineTokens(InputStream input, String file, Separator separator, int linesBefore) {
    this.input = input;
    this.file = file;
    this.separator = separator;
    this.lineNumber = linesBefore;
  }

  /** Number of the current line, from 1. */
  public int lineNumber() {
    return lineNumber;
  }

  /** The place for messages: {@code file=…, line=…}. */
  public String place() {
    return "file=" + file + ", line=" + lineNumber;
  }

  /**
   * Moves to the next line.
   *
   * @return false at the end of the file
   * @throws RefusedInputException if the line is longer than a mebibyte
   */
  public boolean nextLine() throws IOException {
    lineLength = 0;
    next = 0;
    boolean any = false;
    while (true) {
      if (blockPosition == blockLength) {
        blockLength = input.read(block, 0, block.length);
        blockPosition = 0;
        if (blockLength <= 0) {
          blockLength = 0;
          lineNumber += any ? 1 : 0;
          return any;
        }
      }
      any = true;
      int end = blockPosition;
      while (end < blockLength && block[end] != '\n') {
        end++;
      }
      append(end - blockPosition);
      boolean complete = end < blockLength;
      blockPosition = complete ? end + 1 : end;
      if (complete) {
        lineNumber++;
        if (lineLength > 0 && line[lineLength - 1] == '\r') {
          lineLength--;
        }
        return true;
      }
    }
  }

  private void append(int count) {
    if (lineLength + count > line.length) {
      if (lineLength + count > MAX_LINE_BYTES) {
        throw new RefusedInputException(
            "Invalid line: longer than "
                + MAX_LINE_BYTES
                + " bytes (expected a text file, file="
                + file
                + ", line="
                + (lineNumber + 1)
                + ")");
      }
      line = Arrays.copyOf(line, Math.max(2 * line.length, lineLength + count));
    }
    System.arraycopy(block, blockPosition, line, lineLength, count);
    lineLength += count;
  }

  /** The whole current line. */
  public String lineText() {
    return new String(line, 0, lineLength, StandardCharsets.UTF_8);
  }

  /** Moves to the next token of the current line; false if there is none. */
  public boolean nextToken() {
    return separator == Separator.BLANKS ? nextBlankSeparated() : nextCommaSeparated();
  }

  private boolean nextBlankSeparated() {
    while (next < lineLength && isBlank(line[next])) {
      next++;
    }
    tokenStart = next;
    while (next < lineLength && !isBlank(line[next])) {
      next++;
    }
    tokenEnd = next;
    return tokenEnd > tokenStart;
  }

  private boolean nextCommaSeparated() {
    if (next > lineLength || lineLength == 0) {
      return false;
    }
    tokenStart = next;
    while (next < lineLength && line[next] != ',') {
      next++;
    }
    tokenEnd = next;
    next++;
    while (tokenStart < tokenEnd && isBlank(line[tokenStart])) {
      tokenStart++;
    }
    while (tokenEnd > tokenStart && isBlank(line[tokenEnd - 1])) {
      tokenEnd--;
    }
    return true;
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t';
  }

  /** Text of the current token. */
  public String text() {
    return new String(line, tokenStart, tokenEnd - tokenStart, StandardCharsets.UTF_8);
  }

  /** True if the current token is this ASCII text. */
  public boolean is(String ascii) {
    if (ascii.length() != tokenEnd - tokenStart) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (line[tokenStart + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The current token as a number, correctly rounded to double; the words nan, inf and infinity
   * with or without sign are numbers that are not finite.
   *
   * @throws NumberFormatException if the token is no number
   */
  public double number() {
    return DecimalText.parse(line, tokenStart, tokenEnd);
  }

  /**
   * The current token as a decimal integer.
   *
   * @throws NumberFormatException if the token is no integer of 64 bits
   */
  public long integer() {
    return DecimalText.parseInteger(line, tokenStart, tokenEnd);
  }
}
