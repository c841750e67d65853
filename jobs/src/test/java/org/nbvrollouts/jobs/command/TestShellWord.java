package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestShellWord {
  @Test
  void whatTheShellWouldSplitOrExpandIsQuoted() {
    assertThat(ShellWord.of("./nbv-rollouts")).isEqualTo("./nbv-rollouts");
    assertThat(ShellWord.of("my homes/$x")).isEqualTo("'my homes/$x'");
    assertThat(ShellWord.of("it's")).isEqualTo("'it'\\''s'");
    assertThat(ShellWord.of("")).isEqualTo("''");
  }
}
