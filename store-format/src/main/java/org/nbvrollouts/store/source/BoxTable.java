package org.nbvrollouts.store.source;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Object boxes of one snippet without padding rows.
 *
 * @param boxes in source order
 * @param frame frame of the box poses
 * @param classNames class id to name; ids without a name are legal
 */
public record BoxTable(List<OrientedBox> boxes, Frame frame, Map<Integer, String> classNames) {

  /** Frame in which box poses are given. */
  public enum Frame {
    WORLD,
    SNIPPET
  }

  public BoxTable {
    boxes = List.copyOf(boxes);
    classNames = Collections.unmodifiableMap(new TreeMap<>(classNames));
  }
}
