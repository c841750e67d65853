package org.nbvrollouts.store.source.mesh;

import java.io.EOFException;
import java.io.IOException;
import org.nbvrollouts.store.source.text.LineTokens;

/** A text body; values are separated by any white space. */
final class AsciiPlyValues implements PlyValues {
  private final LineTokens tokens;
  private final long bodyBytes;

  AsciiPlyValues(LineTokens tokens, long bodyBytes) {
    this.tokens = tokens;
    this.bodyBytes = bodyBytes;
  }

  @Override
  public double next(PlyScalarType type) throws IOException {
    while (!tokens.nextToken()) {
      if (!tokens.nextLine()) {
        throw new EOFException();
      }
    }
    return type.isInteger() ? tokens.integer() : tokens.number();
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
