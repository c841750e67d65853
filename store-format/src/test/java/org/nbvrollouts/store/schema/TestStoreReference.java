package org.nbvrollouts.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/store-reference.md} is written from the schema description. */
class TestStoreReference {
  private static final Path DOCUMENT = Path.of("..", "docs", "store-reference.md");
  private static final String REGENERATE = "NBV_REGENERATE";
  private static final String COMMAND =
      REGENERATE
          + "=true mvn -pl store-format -am test -Dtest=TestStoreReference"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private final StoreSchema schema = StoreSchema.current();
  private final StringBuilder text = new StringBuilder();

  @Test
  void theDocumentIsCurrent() throws IOException {
    write();
    if ("true".equals(System.getenv(REGENERATE))) {
      Files.writeString(DOCUMENT, text);
    }
    assertThat(DOCUMENT).as("Regenerate it with: " + COMMAND).hasContent(text.toString());
  }

  private void write() {
    text.append(
        """
        # Store reference

        Every group, array and attribute of a rollout store, schema `%s`
        version `%s`. Generated from the description that writer, reader, validator and SQL types share;
        [reading-stores.md](reading-stores.md) and [reading-from-python.md](reading-from-python.md) say
        how to use it, the [specification](../store-format/spec/store.md) what is guaranteed.

        """
            .formatted(
                StoreSchema.ROLLOUT_ZARR_SCHEMA_ID, StoreSchema.ROLLOUT_ZARR_SCHEMA_VERSION));
    writeNotation();
    writeLayout();
    text.append("## Groups\n\n| Group | Arrays | Content |\n|---|---:|---|\n");
    for (String group : schema.groups()) {
      row("[`" + group + "`](#" + group + ")", schema.arrays(group).size(), schema.meaning(group));
    }
    row("", schema.arrays().size(), "");
    schema.groups().forEach(this::writeGroup);
    writeReferences();
    writeCodes();
    writeAttributes();
  }

  private void row(Object... cells) {
    text.append('|');
    for (Object cell : cells) {
      text.append(' ').append(cell).append(cell.toString().isEmpty() ? "|" : " |");
    }
    text.append('\n');
  }

  private void writeNotation() {
    text.append(
        """
        ## Notation

        The first axis of a table counts its rows. Axes that arrays share:

        | Axis | Counts |
        |---|---|
        | n, T, R, S, N | rows of `sources`, `targets`, `rollouts`, `steps`, `candidates` |
        | A | candidates of the widest step; root attribute `q_h_max_candidates` |
        | D | rows of `selected_depth`: S if depth is enabled, else 0 |
        | H, W | height and width of depth images |
        | K, P | rows and points of `target_eval_crops` |
        | text | bytes of one JSON text |

        A string array is a list of strings as one JSON array in ASCII, stored as `uint8`. An id column
        with a dictionary holds the index of a text in `dictionaries/<name>`; −1 is none. A pose is
        nine rotation numbers row by row, then three of translation in metres: x_a = R x_b + t for
        "a from b". World axes are right-handed with z up, camera axes left, up and forward.
        *Missing* is the value of an entry that is not set; it is stored as data, and is not the fill
        value. *SQL* is the Spark type of one row.

        """);
  }

  private void writeLayout() {
    text.append(
        """
        ## Chunks and codecs

        Zarr format 3, C order, little endian; fill values 0, 0.0 and false. Chunk shapes and codecs are
        no part of the contract: read them from the documents. This product writes:

        | Arrays | Rows of a chunk | Codecs of an array that fits one chunk |
        |---|---|---|
        | tables, dictionaries | about 1 MiB, at least 1,024 | `bytes`, `zstd` |
        | `q_h` | `q_h_chunk_states` | `bytes`, `zstd` |
        | `selected_depth/depth_m`, `valid_mask` | `selected_depth_chunk_steps` | `bytes`, `blosc` (zstd, level 5, bit shuffle) |
        | `target_eval_crops/points_world`, `mask` | about 1 MiB, at least 1 | `bytes`, `zstd` |

        A longer array has one `sharding_indexed` codec: those chunks inside, each `bytes` and `blosc`,
        the index (`bytes`, `crc32c`) at the end, one Zarr shard for every 256 MiB of elements. Other
        writers of the schema store one row per chunk, leave chunks of fill values out and have no
        consolidated metadata; readers must take all of it, and `gzip` and `crc32c` too.

        Both layouts hold the same documents and chunks:

        | Layout | A committed shard |
        |---|---|
        | `directory` | `<store_path>/zarr.json`, `<group>/<array>/zarr.json`, `<group>/<array>/c/…` |
        | `packed` | one ZIP archive `<store_path>/store.zarr.zip` with the same names, members stored without compression |

        `store_path` is a key of `_SUCCESS.json`, relative to the shard folder.

        """);
  }

  private void writeGroup(String group) {
    text.append("\n### ").append(group).append("\n\n");
    text.append(sentence(schema.meaning(group))).append("\n\n");
    row("Array", "Type", "Shape", "Unit", "Missing", "Meaning", "SQL");
    text.append("|---|---|---|---|---|---|---|\n");
    for (ArraySpec spec : schema.arrays(group)) {
      row(
          "`" + spec.name() + "`",
          spec.isText() ? "strings" : spec.type().zarrName(),
          spec.isText()
              ? "text"
              : String.join(", ", spec.shape().stream().map(Axis::toString).toList()),
          spec.unit().orElse(""),
          spec.missing().map(missing -> missing(spec, missing)).orElse(""),
          meaning(spec),
          "`" + spec.sqlType() + "`");
    }
  }

  private static String missing(ArraySpec spec, ArraySpec.Missing missing) {
    return switch (missing) {
      case MINUS_ONE -> "−1";
      case ZERO -> spec.type() == ElementType.BOOL ? "false" : "0";
      case NAN -> "NaN";
      case MINUS_INFINITY -> "−Infinity";
    };
  }

  private static String meaning(ArraySpec spec) {
    String meaning = spec.meaning();
    if (spec.dictionary().isPresent()) {
      meaning += " → dictionary `" + spec.dictionary().get() + "`";
    }
    if (spec.table().isPresent()) {
      meaning += " → `" + spec.table().get() + "`";
    }
    return escape(meaning);
  }

  private static String escape(String words) {
    return words.replace("<", "&lt;");
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + escape(words.substring(1)) + ".";
  }

  private void writeReferences() {
    text.append(
        """

        ## References between tables

        Rows are joined by these ids, never by position: `source_row_id` is not dense. −1 is none.

        | Key | Columns that refer to it |
        |---|---|
        """);
    for (String table : List.of("sources", "targets", "rollouts", "steps", "candidates")) {
      row(
          "`" + schema.key(table).path() + "`",
          String.join(
              ", ",
              schema.arrays().stream()
                  .filter(spec -> spec.table().filter(table::equals).isPresent())
                  .map(spec -> "`" + spec.path() + "`")
                  .toList()));
    }
  }

  private void writeCodes() {
    text.append(
        """

        ## Codes

        ### Candidate reasons, `%s`

        `1 << bit` in `invalid_reason_bitset`, the number itself in `primary_invalid_reason`.

        | Bit | Name | Meaning |
        |---:|---|---|
        """
            .formatted(InvalidReason.VERSION));
    for (InvalidReason reason : InvalidReason.values()) {
      row(reason.bit(), "`" + reason.name() + "`", reason.meaning());
    }
    text.append(
        """

        ### Target reasons, `%s`

        A code space of its own.

        | Bit | Name | Meaning |
        |---:|---|---|
        """
            .formatted(TargetInvalidReason.VERSION));
    for (TargetInvalidReason reason : TargetInvalidReason.values()) {
      row(reason.bit(), "`" + reason.name() + "`", reason.meaning());
    }
    text.append(
        "\n### Position families, `position_id`\n\n| Id | Name | Meaning |\n|---:|---|---|\n");
    for (PositionFamily family : PositionFamily.values()) {
      row(family.id(), "`" + family.key() + "`", family.meaning());
    }
    text.append(
        "\n### View strategies, `strategy_id`\n\n| Id | Name | Meaning |\n|---:|---|---|\n");
    for (ViewStrategy strategy : ViewStrategy.values()) {
      row(strategy.id(), "`" + strategy.key() + "`", strategy.meaning());
    }
    text.append(
        """

        ### Texts

        | Dictionary | Known entries |
        |---|---|
        | `termination_reason` | `terminated_early`: nothing could be chosen; `fixed_horizon`; `incomplete_rollout`: anything else |
        | `policy` | `farthest_from_history`, `farthest_from_reference`, `random`, `random_valid`, `oracle_greedy`, `temperature_softmax`; of target selection: `greedy_top_k`, `temperature_softmax_top_k` |
        | `score_source` | `target_root_gain`, `target_rri`, `oracle_rri`, `score`, or a policy |
        | `target_source` | `gt_obbs_oracle`, `detected_obbs`, `backbone.obb_pred_viz`, or empty |
        | `target_match_status` | `not_requested`, `matched`, `v0_gt_input`, `unmatched_gt`, `ambiguous_gt`, `ambiguous_pred_to_gt`, `missing_gt` |
        | `split` | `train`, `val`, `test`, `unknown`, or another |
        """);
  }

  private void writeAttributes() {
    text.append("\n## Attributes\n\n### Root\n");
    writeAttributes("");
    for (String group : schema.groups()) {
      if (!schema.attributes(group).isEmpty()) {
        text.append("\n### Attributes of `").append(group).append("`\n");
        writeAttributes(group);
      }
    }
  }

  private void writeAttributes(String group) {
    text.append("\n| Attribute | Type | Meaning |\n|---|---|---|\n");
    for (AttributeSpec spec : schema.attributes(group)) {
      row("`" + spec.name() + "`", spec.type().words(), escape(spec.meaning()));
    }
  }
}
