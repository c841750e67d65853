package org.nbvrollouts.store.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * Hashes over what a store says, not over how it is encoded (specification campaign 7.4).
 *
 * <p>{@code dataSha256} covers the 193 arrays in path order, rows in primary-key order, and the
 * attributes without creation stamp and manifest hash. Two attempts of one shard have the same.
 *
 * <p>{@code rowDataSha256} covers what belongs to one source row: the factual tables, store-local
 * ids counted from 0 within the row, dictionary ids as text, without the two columns that depend on
 * the shard. A row has the same in every shard it is planned into.
 *
 * @param dataSha256 64 hex digits
 * @param rowDataSha256 by {@code source_row_id}
 */
public record StoreSeals(String dataSha256, SortedMap<Long, String> rowDataSha256) {
  private static final Set<String> VOLATILE = Set.of("created_at_utc", "manifest_sha256");
  private static final Set<String> SHARD_COLUMNS =
      Set.of("sources/split_manifest_hash_id", "lineage/selection_rng_state_hash_id");

  public StoreSeals {
    rowDataSha256 = Collections.unmodifiableSortedMap(new TreeMap<>(rowDataSha256));
  }

  /**
   * Reads every array, some rows at a time, and hashes it.
   *
   * @throws org.nbvrollouts.store.error.InvalidContentException if an array is missing or
   *     unreadable
   */
  public static StoreSeals of(RolloutZarrStoreReader store) {
    return new Sealing(new StorePages(store)).seal();
  }

  private static final class Sealing {
    /** A digest with its buffers, until all arrays have been read. */
    private static final long BYTES_OF_SOURCE = 1024;

    private final StorePages pages;
    private final RolloutZarrStoreReader store;
    private final SourceRowOwners owners;
    private final SealDigest whole = new SealDigest();
    private final List<SealDigest> perSource = new ArrayList<>();

    Sealing(StorePages pages) {
      this.pages = pages;
      this.store = pages.store();
      this.owners = new SourceRowOwners(pages::column);
      StorePages.requireMemory(
          "sources/source_row_id", owners.sources(), BYTES_OF_SOURCE * owners.sources());
      for (int source = 0; source < owners.sources(); source++) {
        perSource.add(new SealDigest());
      }
    }

    StoreSeals seal() {
      attributes("", store.rootAttributes());
      StoreSchema.current()
          .groups()
          .forEach(group -> attributes(group, store.groupAttributes(group)));
      StoreSchema.current().arrays().stream()
          .sorted((a, b) -> CanonicalJson.CODE_POINT_ORDER.compare(a.path(), b.path()))
          .forEach(this::array);
      SortedMap<Long, String> rows = new TreeMap<>();
      for (int source = 0; source < owners.sources(); source++) {
        rows.put(owners.sourceRowId(source), perSource.get(source).hex());
      }
      return new StoreSeals(whole.hex(), rows);
    }

    private void attributes(String group, Map<String, Object> attributes) {
      Map<String, Object> kept = new TreeMap<>(attributes);
      kept.keySet().removeAll(VOLATILE);
      String text = CanonicalJson.prettyWithNonFinite(kept);
      whole.record("attributes:" + group, text.getBytes(StandardCharsets.UTF_8));
    }

    private void array(ArraySpec spec) {
      List<Long> shape = store.shape(spec.path());
      long elements = shape.stream().reduce(1L, Math::multiplyExact);
      whole.startRecord(label(spec, shape.get(0)) + ":" + shape, elements * spec.type().bytes());
      boolean owned =
          owners.tables().contains(spec.group())
              && !spec.isText()
              && !SHARD_COLUMNS.contains(spec.path());
      if (owned) {
        startRows(spec, shape.get(0) == 0 ? 0 : elements / shape.get(0));
      }
      boolean byId = spec.group().equals("sources");
      if (byId) {
        for (int row : sourcesById(Math.toIntExact(shape.get(0)))) {
          TypedArray source = SealDigest.canonical(pages.row(spec.path(), row));
          whole.elements(source, 0, source.size());
        }
      }
      pages.forEachPage(
          spec.path(),
          (firstRow, rows) -> {
            TypedArray page = SealDigest.canonical(rows);
            if (!byId) {
              whole.elements(page, 0, page.size());
            }
            if (owned) {
              rows(spec, page, firstRow);
            }
          });
    }

    private static String label(ArraySpec spec, long rows) {
      return spec.path() + ":" + spec.type().zarrName() + ":" + rows;
    }

    /** Rows of {@code sources} by ascending id; the ids of the other tables are their rows. */
    private int[] sourcesById(int rows) {
      return IntStream.range(0, rows)
          .boxed()
          .sorted((a, b) -> Long.compare(owners.sourceRowId(a), owners.sourceRowId(b)))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    private void startRows(ArraySpec spec, long rowSize) {
      boolean wide = owners.localIds(spec.name()).isPresent();
      int[] counts = owners.counts(spec.group());
      for (int source = 0; source < owners.sources(); source++) {
        int count = counts[source];
        // Texts carry their own lengths; their record counts rows.
        long payload =
            spec.dictionary().isPresent()
                ? count
                : count * rowSize * (wide ? Long.BYTES : spec.type().bytes());
        perSource.get(source).startRecord(label(spec, count), payload);
      }
    }

    private void rows(ArraySpec spec, TypedArray array, int firstRow) {
      int[] ownerOfRow = owners.owners(spec.group());
      int rows = Math.min(array.rows(), ownerOfRow.length - firstRow);
      int end;
      for (int row = 0; row < rows; row = end) {
        int owner = ownerOfRow[firstRow + row];
        end = row + 1;
        while (end < rows && ownerOfRow[firstRow + end] == owner) {
          end++;
        }
        if (owner >= 0) {
          rowsOfOne(spec, array, row, end, perSource.get(owner));
        }
      }
    }

    private void rowsOfOne(
        ArraySpec spec, TypedArray array, int first, int end, SealDigest digest) {
      Optional<SourceRowOwners.LocalIds> localIds = owners.localIds(spec.name());
      if (spec.dictionary().isPresent()) {
        List<String> entries = store.dictionary(spec.dictionary().get());
        for (int row = first; row < end; row++) {
          text(digest, entries, array.longAt(row));
        }
      } else if (localIds.isPresent()) {
        for (int row = first; row < end; row++) {
          digest.number(localIds.get().of(array.longAt(row)));
        }
      } else {
        int rowSize = array.rowSize();
        digest.elements(array, first * rowSize, (end - first) * rowSize);
      }
    }

    private static void text(SealDigest digest, List<String> dictionary, long id) {
      if (id >= 0 && id < dictionary.size()) {
        digest.text(dictionary.get((int) id));
      } else {
        digest.absentText();
      }
    }
  }
}
