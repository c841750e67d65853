package org.nbvrollouts.store.source.mesh;

import java.io.EOFException;
import java.io.IOException;
import org.nbvrollouts.store.source.text.LineTokens;

/**
 * A text body; values are separated by any white space. As long as every record had a line of its
 * own, as nearly all programs write them, the next one is taken to begin with the next line.
 */
final class AsciiPlyValues implements PlyValues {
  private final LineTokens tokens;
  private final long bodyBytes;
  private boolean isFirstOfRecord;
  private boolean isRecordPerLine = true;

  AsciiPlyValues(LineTokens tokens, long bodyBytes) {
    this.tokens = tokens;
    this.bodyBytes = bodyBytes;
  }

  @Override
  public double next(PlyScalarType type) throws IOException {
    boolean isOnNewLine = false;
    while (!tokens.nextToken()) {
      if (!tokens.nextLine()) {
        throw new EOFException();
      }
      isOnNewLine = true;
    }
    isRecordPerLine &= isOnNewLine == isFirstOfRecord;
    isFirstOfRecord = false;
    return type.isInteger() ? tokens.integer() : tokens.number();
  }

  @Override
  public void beginRecord() {
    isFirstOfRecord = true;
  }

  @Override
  public boolean skipRecord() {
    while (isRecordPerLine && tokens.nextToken()) {
      // Nothing of the line is of use.
    }
    return isRecordPerLine;
  }

  @Override
  public long remainingBytes() {
    return bodyBytes;
  }

  @Override
  public boolean isExhausted() throws IOException {
    while (!tokens.nextToken()) {
      if (!tokens.nextLine()) {
        return true;
      }
    }
    return false;
  }

  /** Line of the value read last. */
  int lineNumber() {
    return tokens.lineNumber();
  }
}
