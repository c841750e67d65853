package org.nbvrollouts.jobs.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestTextTable {
  @Test
  void numbersLineUpOnTheRight() {
    TextTable table = new TextTable(2);
    table.row("What", "count");
    table.rule();
    table.row("targets", "1,024");
    table.row("x", "7");
    assertThat(table.lines())
        .containsExactly(
            "  What      count", "  ---------------", "  targets   1,024", "  x             7");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    TextTable table = new TextTable(2);
    assertThatThrownBy(() -> table.row("one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid row: 1 cells (expected 2)");
  }
}
