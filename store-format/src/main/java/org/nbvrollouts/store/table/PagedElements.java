package org.nbvrollouts.store.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nbvrollouts.store.schema.ElementType;

/**
 * Elements behind pages of whole rows. One page is held; whoever supplies the pages may keep more.
 * For one thread.
 */
public final class PagedElements implements Elements {
  private static final TypedArray NO_PAGE = new TypedArrayBuilder(ElementType.UINT8).build(0);

  private final ElementType type;
  private final List<Integer> shape;
  private final int rowSize;
  private final int pageRows;
  private final Pages pages;
  private TypedArray page = NO_PAGE;
  private int pageStart;
  private int pageEnd;

  /** Where pages come from. */
  public interface Pages {
    /** Rows {@code first} to {@code first + count − 1}. */
    TypedArray rows(int first, int count);
  }

  /**
   * Reads nothing yet.
   *
   * @param pageRows rows of a page; every page but the last has that many
   */
  public PagedElements(ElementType type, List<Integer> shape, int pageRows, Pages pages) {
    this.type = type;
    this.shape = Collections.unmodifiableList(new ArrayList<>(shape));
    int elements = 1;
    for (int length : shape.subList(Math.min(1, shape.size()), shape.size())) {
      elements = Math.multiplyExact(elements, length);
    }
    this.rowSize = elements;
    this.pageRows = Math.max(1, pageRows);
    this.pages = pages;
  }

  @Override
  public ElementType type() {
    return type;
  }

  @Override
  public List<Integer> shape() {
    return shape;
  }

  @Override
  public int rows() {
    return shape.isEmpty() ? 1 : shape.get(0);
  }

  @Override
  public int rowSize() {
    return rowSize;
  }

  @Override
  public long longAt(int index) {
    turnTo(index);
    return page.longAt(index - pageStart);
  }

  @Override
  public double doubleAt(int index) {
    turnTo(index);
    return page.doubleAt(index - pageStart);
  }

  private void turnTo(int index) {
    if (index >= pageStart && index < pageEnd) {
      return;
    }
    int first = index / rowSize / pageRows * pageRows;
    int count = Math.min(pageRows, rows() - first);
    page = pages.rows(first, count);
    pageStart = first * rowSize;
    pageEnd = pageStart + page.size();
  }
}
