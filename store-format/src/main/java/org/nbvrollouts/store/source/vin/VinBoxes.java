package org.nbvrollouts.store.source.vin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.source.BoxPadding;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.table.TypedArray;

/**
 * Boxes of one row: the objects of its latest slice that has any, and what the other rows of that
 * slice are (rules S-3 and latest slice, specification source 6.4 and 7.2).
 *
 * @param table objects in row order, in the frame of the snippet
 * @param slice index of the slice on the time axis, the last one if none has an object
 * @param padding number of padding rows of the slice by reason
 */
record VinBoxes(BoxTable table, int slice, Map<BoxPadding, Integer> padding) {
  public VinBoxes {
    padding = Collections.unmodifiableMap(new EnumMap<>(padding));
  }

  /**
   * The boxes of a row.
   *
   * @param row {@code [1, F, K, 34]} or {@code [1, K, 34]}
   * @param names class names by id
   * @return empty if every value is zero, which is how a row without a table is filled up
   * @throws IllegalArgumentException if the shape is another one
   */
  static Optional<VinBoxes> of(TypedArray row, Map<Integer, String> names) {
    int rank = row.rank();
    if ((rank != 3 && rank != 4) || row.length(rank - 1) != OrientedBox.LENGTH) {
      throw new IllegalArgumentException(
          "Invalid boxes: shape "
              + row.shape()
              + " (expected 34 values per box, with or without a time axis)");
    }
    float[] values = row.floats();
    int perSlice = row.length(rank - 2);
    int slices = rank == 4 ? row.length(1) : 1;
    if (perSlice > 0 && allZero(values)) {
      return Optional.empty();
    }
    VinBoxes last = new VinBoxes(new BoxTable(List.of(), BoxTable.Frame.SNIPPET, names), 0, none());
    for (int slice = slices - 1; slice >= 0; slice--) {
      VinBoxes boxes = slice(values, slice, perSlice, names);
      if (!boxes.table().boxes().isEmpty()) {
        return Optional.of(boxes);
      }
      last = slice == slices - 1 ? boxes : last;
    }
    return Optional.of(last);
  }

  private static Map<BoxPadding, Integer> none() {
    return new EnumMap<>(BoxPadding.class);
  }

  private static boolean allZero(float[] values) {
    for (float value : values) {
      if (value != 0f) {
        return false;
      }
    }
    return true;
  }

  private static VinBoxes slice(
      float[] values, int slice, int perSlice, Map<Integer, String> names) {
    List<OrientedBox> objects = new ArrayList<>();
    Map<BoxPadding, Integer> padding = none();
    for (int i = 0; i < perSlice; i++) {
      OrientedBox box = OrientedBox.of(values, OrientedBox.LENGTH * (slice * perSlice + i), i);
      Optional<BoxPadding> reason = BoxPadding.of(box);
      if (reason.isPresent()) {
        padding.merge(reason.get(), 1, Integer::sum);
      } else {
        objects.add(box);
      }
    }
    return new VinBoxes(new BoxTable(objects, BoxTable.Frame.SNIPPET, names), slice, padding);
  }
}
