package org.nbvrollouts.store.table;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
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
}
