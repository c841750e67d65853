package org.nbvrollouts.store.source.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The Parquet schema of sample files. */
final class SampleSchema {
  static final MessageType SCHEMA = schema();

  private SampleSchema() {}

  private static MessageType schema() {
    List<Type> fields = new ArrayList<>();
    for (SourceColumn column : SourceColumn.values()) {
      fields.add(field(column));
    }
    return new MessageType("sample", fields);
  }

  private static Type field(SourceColumn column) {
    Type.Repetition repetition =
        column.isRequired() ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
    String name = column.columnName();
    return switch (column.kind()) {
      case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case BYTES -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
      case INT64_LIST -> list(PrimitiveTypeName.INT64, repetition, name);
      case INT32_LIST -> list(PrimitiveTypeName.INT32, repetition, name);
      case NAMES ->
          Types.map(repetition)
              .key(PrimitiveTypeName.INT32)
              .requiredValue(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
    };
  }

  private static Type list(PrimitiveTypeName element, Type.Repetition repetition, String name) {
    return Types.list(repetition).requiredElement(element).named(name);
  }

  /**
   * The columns of a file that belong to {@code wanted}, as the file declares them.
   *
   * @param fileSchema schema that {@link #problems} found nothing in
   */
  static MessageType projection(MessageType fileSchema, Set<SourceColumn> wanted) {
    List<Type> fields = new ArrayList<>();
    for (Type field : fileSchema.getFields()) {
      if (SourceColumn.named(field.getName()).map(wanted::contains).orElse(false)) {
        fields.add(field);
      }
    }
    return new MessageType("sample", fields);
  }

  /** What keeps a file from being a sample file: missing, unknown or differently typed columns. */
  static List<String> problems(MessageType fileSchema, String file) {
    List<String> problems = new ArrayList<>();
    for (SourceColumn column : SourceColumn.values()) {
      if (column.isRequired() && !fileSchema.containsField(column.columnName())) {
        problems.add(
            "Invalid sample file: no column "
                + column.columnName()
                + " (expected it, file="
                + file
                + ")");
      }
    }
    for (Type field : fileSchema.getFields()) {
      Optional<SourceColumn> column = SourceColumn.named(field.getName());
      if (column.isEmpty()) {
        problems.add(
            "Invalid sample file: unknown column "
                + field.getName()
                + " (expected the columns of rollout source v1, file="
                + file
                + ")");
      } else if (!sameShape(field, field(column.get()))) {
        problems.add(
            "Invalid sample file: type of column "
                + field.getName()
                + ": "
                + field
                + " (expected "
                + field(column.get())
                + ", file="
                + file
                + ")");
      }
    }
    return problems;
  }

  /** Names and nullability of inner fields are free, as exporters choose them differently. */
  private static boolean sameShape(Type actual, Type expected) {
    if (actual.isPrimitive() != expected.isPrimitive()) {
      return false;
    }
    if (actual.isPrimitive()) {
      return actual.asPrimitiveType().getPrimitiveTypeName()
              == expected.asPrimitiveType().getPrimitiveTypeName()
          && actual.isRepetition(Type.Repetition.REPEATED)
              == expected.isRepetition(Type.Repetition.REPEATED);
    }
    if (actual.asGroupType().getFieldCount() != expected.asGroupType().getFieldCount()
        || actual.isRepetition(Type.Repetition.REPEATED)
            != expected.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    for (int i = 0; i < actual.asGroupType().getFieldCount(); i++) {
      if (!sameShape(actual.asGroupType().getType(i), expected.asGroupType().getType(i))) {
        return false;
      }
    }
    return true;
  }
}
