package org.nbvrollouts.pipeline.scene;

/** The four walls of a room, named by where they lie; y points north. */
enum RoomSide {
  SOUTH,
  EAST,
  NORTH,
  WEST;

  /** True if the wall runs along x. */
  boolean runsAlongX() {
    return this == SOUTH || this == NORTH;
  }

  /** Heading of furniture that has its back at this wall, radians. */
  double furnitureYaw() {
    return switch (this) {
      case SOUTH -> 0;
      case EAST -> Math.PI / 2;
      case NORTH -> Math.PI;
      case WEST -> -Math.PI / 2;
    };
  }

  /** Coordinate of the wall's face, on the axis across it. */
  double face(Rectangle room) {
    return switch (this) {
      case SOUTH -> room.minY();
      case EAST -> room.maxX();
      case NORTH -> room.maxY();
      case WEST -> room.minX();
    };
  }

  /** +1 if the room lies towards higher coordinates of the axis across the wall, else −1. */
  int inward() {
    return this == SOUTH || this == WEST ? 1 : -1;
  }

  double from(Rectangle room) {
    return runsAlongX() ? room.minX() : room.minY();
  }

  double to(Rectangle room) {
    return runsAlongX() ? room.maxX() : room.maxY();
  }

  /** Floor area of something {@code along} the wall, between two distances from it. */
  Rectangle strip(Rectangle room, double from, double to, double near, double far) {
    double a = face(room) + inward() * near;
    double b = face(room) + inward() * far;
    double low = Math.min(a, b);
    double high = Math.max(a, b);
    return runsAlongX() ? new Rectangle(from, low, to, high) : new Rectangle(low, from, high, to);
  }
}
