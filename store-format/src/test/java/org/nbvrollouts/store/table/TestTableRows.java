package org.nbvrollouts.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;

class TestTableRows {
  @Test
  void aRowThatNoArrayHoldsIsRefusedWithTheRemedy() {
    // The widest column of a row of rollouts is the root pose, 12 float32.
    TableRows full =
        new TableRows(StoreSchema.current().arrays("rollouts"), extent -> 1, 12 * Float.BYTES - 1);
    TableRows room =
        new TableRows(StoreSchema.current().arrays("rollouts"), extent -> 1, 12 * Float.BYTES);

    assertThatNoException().isThrownBy(room::requireRoom);
    assertThatThrownBy(full::requireRoom)
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot write table: an array of it would pass 2 GiB (table=rollouts, rows=1). Plan"
                + " fewer rows per shard (plan --rows-per-shard)");
  }

  @Test
  void rowsMaySetTheirColumnsInAnyOrder() {
    TableRows steps = new TableRows(StoreSchema.current().arrays("steps"), extent -> 1);
    List<String> columns =
        StoreSchema.current().arrays("steps").stream().map(ArraySpec::name).toList();
    for (int row = 0; row < 3; row++) {
      for (int at = 0; at < columns.size(); at++) {
        int column = (at + 5 * row) % columns.size();
        steps.setReal(columns.get(column), 100 * row + column);
      }
      assertThat(steps.endRow()).isEqualTo(row);
    }

    steps
        .take()
        .forEach(
            (spec, values) -> {
              int column = columns.indexOf(spec.name());
              assertThat(values.doubles())
                  .as(spec.name())
                  .containsExactly(column, 100 + column, 200 + column);
            });
  }

  @Test
  void aColumnTooManyAndAnUnknownOneAreOurMistakes() {
    TableRows lineage = new TableRows(StoreSchema.current().arrays("lineage"), extent -> 1);

    assertThatThrownBy(() -> lineage.set("horizon", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot write table: no column lineage/horizon");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                lineage.set("rollout_row_id", i);
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot write table: row 0 of lineage sets more than 11 columns")
        .hasMessageEndingWith("(column=rollout_row_id)");
  }
}
