package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where things stand in one home. Accepts a group of objects only as a whole: inside one room,
 * clear of everything else, of doors, and without cutting off a walkway. Not thread-safe.
 */
final class HomeLayout {
  private static final List<RoomSide> SIDES = List.of(RoomSide.values());
  private static final double GAP = 0.03;
  private static final double FROM_WALL = 0.02;
  private static final double DOOR_ZONE = 0.85;
  private static final double TALL = 0.85;

  private final FloorPlan plan;
  private FreeSpace space;
  private final List<PlacedObject> objects = new ArrayList<>();
  private final List<Rectangle> taken = new ArrayList<>();

  HomeLayout(FloorPlan plan) {
    this.plan = plan;
    this.space = new FreeSpace(plan);
  }

  FloorPlan plan() {
    return plan;
  }

  FreeSpace space() {
    return space;
  }

  List<PlacedObject> objects() {
    return List.copyOf(objects);
  }

  /** Things that stand on the floor and may touch or overlap among themselves. */
  Optional<PlacedObject> placeOnFloor(FloorPlan.Room room, List<PlacedObject> group) {
    for (PlacedObject object : group) {
      if (!fits(room, object)) {
        return Optional.empty();
      }
    }
    FreeSpace tried = space.copy();
    for (PlacedObject object : group) {
      if (object.piece().objectClass() != ObjectClass.RUG) {
        tried.block(object);
      }
    }
    if (!Walkability.holds(plan, tried)) {
      return Optional.empty();
    }
    space = tried;
    for (PlacedObject object : group) {
      objects.add(object);
      taken.add(object.footprint().grown(GAP));
    }
    return Optional.of(group.get(0));
  }

  /** A thing that stands on another thing, hangs, or lies where nothing else can be. */
  void placeAbove(PlacedObject object) {
    objects.add(object);
  }

  /**
   * A thing that hangs down to where people walk; left out if it would narrow a walkway too much.
   */
  void hang(PlacedObject object) {
    FreeSpace tried = space.copy();
    tried.block(object);
    if (Walkability.holds(plan, tried)) {
      space = tried;
      objects.add(object);
    }
  }

  private boolean fits(FloorPlan.Room room, PlacedObject object) {
    Rectangle footprint = object.footprint();
    if (!room.interior().grown(-FROM_WALL + 1e-9).holds(footprint)) {
      return false;
    }
    for (Rectangle other : taken) {
      if (other.overlaps(footprint)) {
        return false;
      }
    }
    for (RoomSide side : RoomSide.values()) {
      for (FloorPlan.Opening opening : plan.openingsOn(room, side)) {
        if (blocks(room, side, opening, object)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean blocks(
      FloorPlan.Room room, RoomSide side, FloorPlan.Opening opening, PlacedObject object) {
    boolean door = opening.reachesFloor();
    if (!door && object.piece().height() < TALL) {
      return false;
    }
    double reach = door ? DOOR_ZONE : 0.3;
    Rectangle zone =
        side.strip(room.interior(), opening.from() - 0.05, opening.to() + 0.05, 0, reach);
    return zone.overlaps(object.footprint());
  }

  /** A random place for a thing with its back at a wall, which may still turn out to be taken. */
  PlacedObject againstWall(FloorPlan.Room room, Furniture piece, SceneRandom random) {
    RoomSide side = random.pick(SIDES);
    Rectangle area = room.interior();
    double half = piece.width() / 2 + FROM_WALL;
    double from = side.from(area) + half;
    double to = side.to(area) - half;
    double share = random.uniform(0, 1);
    double pushed = random.chance(0.45) ? Math.round(share) : share;
    double along = from + (to - from) * pushed;
    double across = side.face(area) + side.inward() * (piece.depth() / 2 + FROM_WALL);
    double x = side.runsAlongX() ? along : across;
    double y = side.runsAlongX() ? across : along;
    return new PlacedObject(piece, Frames.yaw(side.furnitureYaw(), x, y, 0));
  }

  /** A random place in the middle of a room, parallel to its walls. */
  PlacedObject amidRoom(FloorPlan.Room room, Furniture piece, SceneRandom random) {
    Rectangle area = room.interior();
    double yaw = random.below(2) * Math.PI / 2;
    double x = area.centreX() + random.uniform(-0.3, 0.3) * (area.maxX() - area.minX());
    double y = area.centreY() + random.uniform(-0.3, 0.3) * (area.maxY() - area.minY());
    return new PlacedObject(piece, Frames.yaw(yaw, x, y, 0));
  }
}
