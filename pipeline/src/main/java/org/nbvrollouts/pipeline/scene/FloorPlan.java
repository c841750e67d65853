package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * Rooms, walls and openings of a home. Interiors are rectangles with walls between them.
 *
 * @param ceilingHeight metres
 */
record FloorPlan(List<Room> rooms, List<Wall> walls, List<Doorway> doorways, double ceilingHeight) {

  /** What a room is for. */
  enum Purpose {
    LIVING,
    DINING,
    BEDROOM,
    STUDY
  }

  /** The interior of one room. */
  record Room(Purpose purpose, Rectangle interior) {}

  /** What fills an opening. */
  enum Filling {
    NOTHING,
    WINDOW,
    DOOR_LEAF
  }

  /** A hole in a wall: a range along it and a range of heights. */
  record Opening(Filling filling, double from, double to, double low, double high) {
    boolean reachesFloor() {
      return low == 0;
    }
  }

  /** A passage between two rooms, as the floor area inside the wall. */
  record Doorway(Rectangle passage) {}

  /**
   * A wall slab.
   *
   * @param alongX true if the wall runs along x
   * @param low lower face on the axis across the wall
   * @param high upper face on that axis
   * @param outside −1 if the lower face is outdoors, +1 if the upper one is, 0 inside the home
   */
  record Wall(
      boolean alongX,
      double from,
      double to,
      double low,
      double high,
      int outside,
      List<Opening> openings) {}

  FloorPlan {
    rooms = List.copyOf(rooms);
    walls = List.copyOf(walls);
    doorways = List.copyOf(doorways);
  }

  /** Openings in the part of a wall that bounds a room. */
  List<Opening> openingsOn(Room room, RoomSide side) {
    double face = side.face(room.interior());
    double from = side.from(room.interior());
    double to = side.to(room.interior());
    List<Opening> found = new ArrayList<>();
    for (Wall wall : walls) {
      double wallFace = side.inward() > 0 ? wall.high() : wall.low();
      if (wall.alongX() == side.runsAlongX() && Math.abs(wallFace - face) < 1e-9) {
        for (Opening opening : wall.openings()) {
          if (opening.to() > from && opening.from() < to) {
            found.add(opening);
          }
        }
      }
    }
    return found;
  }

  /** Smallest rectangle around all walls. */
  Rectangle bounds() {
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (Wall wall : walls) {
      minX = Math.min(minX, wall.alongX() ? wall.from() : wall.low());
      maxX = Math.max(maxX, wall.alongX() ? wall.to() : wall.high());
      minY = Math.min(minY, wall.alongX() ? wall.low() : wall.from());
      maxY = Math.max(maxY, wall.alongX() ? wall.high() : wall.to());
    }
    return new Rectangle(minX, minY, maxX, maxY);
  }
}
