package org.nbvrollouts.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.source.PointCloud;

class TestPaddedColumn {
  private static final List<PointCloud> CLOUDS =
      List.of(
          PointCloud.of(new float[] {1, 2, 3}),
          PointCloud.EMPTY,
          PointCloud.of(new float[] {4, 5, 6, 7, 8, 9, 10, 11, 12}));

  @Test
  void coordinatesArePaddedWithZerosAndCutAtTheWidth() {
    PaddedColumn column = new PaddedColumn(PaddedColumn.Content.COORDINATES, 2, CLOUDS);

    assertThat(column.shape()).containsExactly(3, 2, 3);
    assertThat(column.rows(0, 3).floats())
        .containsExactly(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 5, 6, 7, 8, 9);
    assertThat(column.rows(2, 1).shape()).containsExactly(1, 2, 3);
    assertThat(column.rows(2, 1).floats()).containsExactly(4, 5, 6, 7, 8, 9);
  }

  @Test
  void theMaskIsTrueWhereAPointIs() {
    PaddedColumn column = new PaddedColumn(PaddedColumn.Content.MASK, 2, CLOUDS);

    assertThat(column.type()).isEqualTo(ElementType.BOOL);
    assertThat(column.rows(1, 2).shape()).containsExactly(2, 2);
    assertThat(column.rows(0, 3).bools()).containsExactly(true, false, false, false, true, true);
  }

  @Test
  void blocksOfAnArrayInMemoryAreItsRows() {
    TypedArray array =
        new TypedArrayBuilder(ElementType.INT16, 2).add(1L).add(2L).add(3L).add(4L).build();

    assertThat(array.rows(1, 1).longs()).containsExactly(3, 4);
    assertThat(array.rows(1, 1).shape()).containsExactly(1, 2);
    assertThat(array.rows(0, 2)).isSameAs(array);
  }
}
