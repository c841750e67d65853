package org.nbvrollouts.jobs.config;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.tomlj.Toml;

/**
 * Loads the TOML parser without its greeting. The parser was generated with an older minor version
 * of the ANTLR runtime than the one Spark brings; the two fit together, and the runtime says so on
 * the standard error of every program that loads it.
 */
final class QuietToml {
  private QuietToml() {}

  /** Loads the parser; later uses say nothing. */
  static synchronized void load() {
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      Toml.parse("loaded = true");
    } finally {
      System.setErr(err);
    }
  }
}
