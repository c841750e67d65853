package org.nbvrollouts.store.source.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.DocumentFile;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/**
 * Reads TOML without the parser's greeting. The parser was generated with an older minor version of
 * the ANTLR runtime than the one Spark brings; the two fit together, and the runtime says so on the
 * standard error of every program that loads it.
 */
public final class TomlText {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static {
    loadQuietly();
  }

  private TomlText() {}

  /**
   * Parses a text; its errors are in the result.
   *
   * @param file how messages name the text
   * @throws RefusedInputException if it is nested too deep to be read, or has an escape that stands
   *     for no character
   */
  public static TomlParseResult parse(String toml, String file) {
    try {
      TomlParseResult parsed = Toml.parse(toml);
      // Lists every key by recursion, as readers of the result do, and with more of the stack.
      parsed.keyPathSet(true);
      return parsed;
    } catch (StackOverflowError deep) {
      throw new RefusedInputException(
          "Invalid TOML: nested too deep to be read (file=" + file + ")", deep);
    } catch (TomlParseError thrown) {
      // Of half a surrogate pair the parser makes no error in its result.
      throw new RefusedInputException(
          "Invalid TOML: %s (file=%s, line=%d)"
              .formatted(thrown.getMessage(), file, thrown.position().line()),
          thrown);
    } catch (AssertionError broken) {
      // Where assertions are on, the parser fails at a cut escape that it else reports.
      throw new RefusedInputException(
          "Invalid TOML: an escape is cut off (file=" + file + ")", broken);
    }
  }

  /**
   * The text of a file, without the byte order mark that some editors put before it.
   *
   * @throws RefusedInputException if the file is not UTF-8; the message names the line
   * @throws EnvironmentException if the file cannot be read
   */
  public static String read(Path file) {
    byte[] bytes;
    try {
      bytes = DocumentFile.read(file, DocumentFile.WRITTEN_BY_HAND);
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot read settings: " + StorageReason.of(failed) + " (file=" + file + ")", failed);
    }
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(input).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException broken) {
      throw new RefusedInputException(
          "Invalid settings: not UTF-8 (expected TOML in UTF-8, file="
              + file
              + ", line="
              + lineOf(bytes, input.position())
              + ")",
          broken);
    }
  }

  private static int lineOf(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static void loadQuietly() {
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      Toml.parse("loaded = true");
    } finally {
      System.setErr(err);
    }
  }
}
