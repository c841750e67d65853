package org.nbvrollouts.store.source.mesh;

import java.util.List;

/**
 * What the header of a PLY file promises.
 *
 * @param encoding how the body is written
 * @param elements in file order
 * @param bodyOffset first byte of the body
 * @param lines lines of the header, the one with {@code end_header} included
 */
record PlyHeader(Encoding encoding, List<Element> elements, long bodyOffset, int lines) {
  PlyHeader {
    elements = List.copyOf(elements);
  }

  enum Encoding {
    ASCII,
    BINARY_LITTLE_ENDIAN,
    BINARY_BIG_ENDIAN
  }

  /**
   * One element kind.
   *
   * @param count records in the body
   * @param line line of the header that declares it
   */
  record Element(String name, long count, List<Property> properties, int line) {
    Element {
      properties = List.copyOf(properties);
    }

    /** Position of a property, or −1. */
    int indexOf(String property) {
      for (int i = 0; i < properties.size(); i++) {
        if (properties.get(i).name().equals(property)) {
          return i;
        }
      }
      return -1;
    }
  }

  /** A property of an element. */
  sealed interface Property {
    String name();

    /** Fewest bytes that one value can take in a binary body. */
    int leastBytes();
  }

  record Scalar(String name, PlyScalarType type) implements Property {
    @Override
    public int leastBytes() {
      return type.bytes();
    }
  }

  record ScalarList(String name, PlyScalarType countType, PlyScalarType type) implements Property {
    @Override
    public int leastBytes() {
      return countType.bytes();
    }
  }

  int indexOfElement(String name) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
