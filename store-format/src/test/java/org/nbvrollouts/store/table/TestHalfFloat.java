package org.nbvrollouts.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestHalfFloat {

  @Test
  void everyHalfComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      short half = (short) bits;
      float value = HalfFloat.toFloat(half);
      if (Float.isNaN(value)) {
        assertThat(HalfFloat.fromFloat(value) & 0x7fff).as("bits %d", bits).isEqualTo(0x7e00);
      } else {
        assertThat(HalfFloat.fromFloat(value)).as("bits %d", bits).isEqualTo(half);
      }
    }
  }

  @Test
  void knownValuesHaveTheirBits() {
    assertThat(HalfFloat.fromFloat(1f)).isEqualTo((short) 0x3c00);
    assertThat(HalfFloat.fromFloat(-2f)).isEqualTo((short) 0xc000);
    assertThat(HalfFloat.fromFloat(65504f)).isEqualTo((short) 0x7bff);
    assertThat(HalfFloat.fromFloat(65520f)).isEqualTo((short) 0x7c00);
    assertThat(HalfFloat.fromFloat(1e-9f)).isZero();
    assertThat(HalfFloat.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(HalfFloat.toFloat((short) 0x8000)).isEqualTo(-0.0f);
  }

  @Test
  void tiesGoToTheEvenNeighbour() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float low = HalfFloat.toFloat((short) bits);
      float high = HalfFloat.toFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      short even = (short) (bits % 2 == 0 ? bits : bits + 1);
      assertThat(HalfFloat.fromFloat(middle)).as("bits %d", bits).isEqualTo(even);
      assertThat(HalfFloat.fromFloat(Math.nextUp(middle)))
          .as("above tie %d", bits)
          .isEqualTo((short) (bits + 1));
      assertThat(HalfFloat.fromFloat(Math.nextDown(middle)))
          .as("below tie %d", bits)
          .isEqualTo((short) bits);
    }
  }
}
