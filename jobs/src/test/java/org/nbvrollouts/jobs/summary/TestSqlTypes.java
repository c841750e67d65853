package org.nbvrollouts.jobs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.StoreSchema;

/** The SQL types of the schema description are types of Spark. */
class TestSqlTypes {

  @Test
  void sparkReadsTheTypeOfEveryArray() {
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      DataType type = DataType.fromDDL(spec.sqlType());
      assertThat(type.sql()).as(spec.path()).isEqualTo(spec.sqlType());
    }
    for (ElementType type : ElementType.values()) {
      assertThat(DataType.fromDDL(type.sqlType()).sql()).isEqualTo(type.sqlType());
    }
  }

  @Test
  void rowsOfRastersAreNestedArrays() {
    ArraySpec depth = StoreSchema.current().array("selected_depth/depth_m").orElseThrow();
    assertThat(DataType.fromDDL(depth.sqlType()))
        .isEqualTo(DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)));
  }
}
