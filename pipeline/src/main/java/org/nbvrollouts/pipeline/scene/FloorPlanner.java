package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws a floor plan of one to three rooms in columns side by side, each column one or two deep.
 */
final class FloorPlanner {
  private static final double OUTER = 0.24;
  private static final double INNER = 0.14;
  private static final double DOOR_HEIGHT = 2.08;
  private static final List<List<Integer>> COLUMN_VARIANTS =
      List.of(
          List.of(1),
          List.of(1, 1),
          List.of(1, 2),
          List.of(2, 1),
          List.of(2),
          List.of(1, 1, 1),
          List.of(1, 1));
  private static final List<FloorPlan.Purpose> LESSER_PURPOSES =
      List.of(FloorPlan.Purpose.BEDROOM, FloorPlan.Purpose.DINING, FloorPlan.Purpose.STUDY);

  /** A wall while its openings are still being decided. */
  private record Draft(
      boolean alongX,
      double from,
      double to,
      double low,
      double high,
      int outside,
      List<FloorPlan.Opening> openings) {}

  /** A place where two rooms could be joined. */
  private record Joint(int roomA, int roomB, Draft wall, double from, double to) {}

  private final SceneRandom random;
  private final List<Rectangle> interiors = new ArrayList<>();
  private final List<Draft> walls = new ArrayList<>();
  private final List<Joint> joints = new ArrayList<>();
  private final List<FloorPlan.Doorway> doorways = new ArrayList<>();

  private FloorPlanner(SceneRandom random) {
    this.random = random;
  }

  static FloorPlan plan(SceneRandom random) {
    return new FloorPlanner(random).plan();
  }

  private FloorPlan plan() {
    layOut(random.pick(COLUMN_VARIANTS));
    joinRooms();
    double ceiling = random.uniform(2.45, 3.0);
    List<FloorPlan.Room> rooms = assignPurposes();
    addWindows(rooms);
    List<FloorPlan.Wall> finished = new ArrayList<>();
    for (Draft wall : walls) {
      finished.add(
          new FloorPlan.Wall(
              wall.alongX,
              wall.from,
              wall.to,
              wall.low,
              wall.high,
              wall.outside,
              List.copyOf(wall.openings)));
    }
    return new FloorPlan(rooms, finished, doorways, ceiling);
  }

  private void layOut(List<Integer> columns) {
    double x = 0;
    double previousDepth = 0;
    List<Integer> previousRooms = List.of();
    for (int column = 0; column < columns.size(); column++) {
      boolean split = columns.get(column) == 2;
      double width = columns.size() == 1 ? random.uniform(4.4, 6.0) : random.uniform(3.4, 5.0);
      double depth = split ? random.uniform(6.6, 7.8) : random.uniform(3.6, 5.4);
      boolean first = column == 0;
      Draft west =
          wall(
              false,
              -OUTER,
              Math.max(depth, previousDepth) + OUTER,
              first ? -OUTER : x - INNER,
              x,
              first ? -1 : 0);
      List<Integer> rooms = fillColumn(x, width, depth, split);
      for (int a : previousRooms) {
        for (int b : rooms) {
          double from = Math.max(interiors.get(a).minY(), interiors.get(b).minY());
          double to = Math.min(interiors.get(a).maxY(), interiors.get(b).maxY());
          joints.add(new Joint(a, b, west, from, to));
        }
      }
      previousRooms = rooms;
      previousDepth = depth;
      x += width + INNER;
    }
    wall(false, -OUTER, previousDepth + OUTER, x - INNER, x - INNER + OUTER, 1);
  }

  private List<Integer> fillColumn(double x, double width, double depth, boolean split) {
    int first = interiors.size();
    wall(true, x, x + width, -OUTER, 0, -1);
    wall(true, x, x + width, depth, depth + OUTER, 1);
    if (!split) {
      interiors.add(new Rectangle(x, 0, x + width, depth));
      return List.of(first);
    }
    double at = depth * random.uniform(0.45, 0.58);
    Draft divider = wall(true, x, x + width, at, at + INNER, 0);
    interiors.add(new Rectangle(x, 0, x + width, at));
    interiors.add(new Rectangle(x, at + INNER, x + width, depth));
    joints.add(new Joint(first, first + 1, divider, x, x + width));
    return List.of(first, first + 1);
  }

  private Draft wall(boolean alongX, double from, double to, double low, double high, int outside) {
    Draft draft = new Draft(alongX, from, to, low, high, outside, new ArrayList<>());
    walls.add(draft);
    return draft;
  }

  /** Cuts a door for every joint that connects rooms which are not connected yet. */
  private void joinRooms() {
    int[] group = new int[interiors.size()];
    for (int room = 0; room < group.length; room++) {
      group[room] = room;
    }
    List<Joint> open = new ArrayList<>(joints);
    while (!open.isEmpty()) {
      Joint joint = open.remove(random.below(open.size()));
      double width = random.uniform(1.0, 1.25);
      double slack = joint.to - joint.from - width - 0.5;
      if (group[joint.roomA] == group[joint.roomB] || slack < 0) {
        continue;
      }
      double from = joint.from + 0.25 + random.uniform(0, slack);
      Draft wall = joint.wall;
      wall.openings.add(
          new FloorPlan.Opening(FloorPlan.Filling.NOTHING, from, from + width, 0, DOOR_HEIGHT));
      doorways.add(
          new FloorPlan.Doorway(
              wall.alongX
                  ? new Rectangle(from, wall.low, from + width, wall.high)
                  : new Rectangle(wall.low, from, wall.high, from + width)));
      int merged = group[joint.roomB];
      for (int room = 0; room < group.length; room++) {
        if (group[room] == merged) {
          group[room] = group[joint.roomA];
        }
      }
    }
  }

  /** The largest room is the living room; the others draw without repetition. */
  private List<FloorPlan.Room> assignPurposes() {
    int largest = 0;
    for (int room = 1; room < interiors.size(); room++) {
      if (interiors.get(room).area() > interiors.get(largest).area()) {
        largest = room;
      }
    }
    List<FloorPlan.Purpose> left = new ArrayList<>(LESSER_PURPOSES);
    List<FloorPlan.Room> rooms = new ArrayList<>();
    for (int room = 0; room < interiors.size(); room++) {
      FloorPlan.Purpose purpose =
          room == largest ? FloorPlan.Purpose.LIVING : left.remove(random.below(left.size()));
      rooms.add(new FloorPlan.Room(purpose, interiors.get(room)));
    }
    return rooms;
  }

  /** One window in two of three outer walls of each room, and one entrance door to the home. */
  private void addWindows(List<FloorPlan.Room> rooms) {
    boolean entranceMissing = true;
    for (FloorPlan.Room room : rooms) {
      for (RoomSide side : RoomSide.values()) {
        Draft wall = outerWall(room.interior(), side);
        if (wall == null) {
          continue;
        }
        if (entranceMissing && random.chance(0.4)) {
          entranceMissing = false;
          cut(wall, room.interior(), side, 0.95, FloorPlan.Filling.DOOR_LEAF);
        } else if (random.chance(0.67)) {
          cut(wall, room.interior(), side, random.uniform(1.0, 1.7), FloorPlan.Filling.WINDOW);
        }
      }
    }
  }

  private void cut(
      Draft wall, Rectangle room, RoomSide side, double width, FloorPlan.Filling filling) {
    double slack = side.to(room) - side.from(room) - width - 0.8;
    double from = side.from(room) + 0.4 + random.uniform(0, slack);
    boolean window = filling == FloorPlan.Filling.WINDOW;
    double low = window ? random.uniform(0.85, 0.95) : 0;
    double high = window ? random.uniform(2.0, 2.15) : DOOR_HEIGHT;
    wall.openings.add(new FloorPlan.Opening(filling, from, from + width, low, high));
  }

  private Draft outerWall(Rectangle room, RoomSide side) {
    for (Draft wall : walls) {
      double face = side.inward() > 0 ? wall.high : wall.low;
      boolean reaches = wall.from <= side.from(room) && wall.to >= side.to(room);
      if (wall.alongX == side.runsAlongX()
          && wall.outside == -side.inward()
          && reaches
          && Math.abs(face - side.face(room)) < 1e-9) {
        return wall;
      }
    }
    return null;
  }
}
