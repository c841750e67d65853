package org.nbvrollouts.pipeline.scene;

import java.util.List;
import java.util.TreeSet;
import org.nbvrollouts.store.source.Pose12;

/** Turns a floor plan into walls with thickness, floors, ceilings, skirting boards and fillings. */
final class WallMesher {
  private static final double SKIRTING_HEIGHT = 0.07;
  private static final double SKIRTING_DEPTH = 0.012;

  private final FloorPlan plan;
  private final MeshBuilder mesh;

  private WallMesher(FloorPlan plan, MeshBuilder mesh) {
    this.plan = plan;
    this.mesh = mesh;
  }

  static void draw(FloorPlan plan, MeshBuilder mesh) {
    new WallMesher(plan, mesh).draw();
  }

  private void draw() {
    for (FloorPlan.Wall wall : plan.walls()) {
      drawWall(wall);
    }
    Brush brush = Brush.of(mesh, Pose12.IDENTITY, 1);
    for (FloorPlan.Room room : plan.rooms()) {
      Rectangle area = room.interior();
      horizontal(brush, area, 0);
      horizontal(brush, area, plan.ceilingHeight());
      for (RoomSide side : RoomSide.values()) {
        skirting(brush, room, side);
      }
    }
    for (FloorPlan.Doorway doorway : plan.doorways()) {
      horizontal(brush, doorway.passage(), 0);
    }
  }

  private static void horizontal(Brush brush, Rectangle area, double z) {
    int a = brush.vertex(area.minX(), area.minY(), z);
    int b = brush.vertex(area.maxX(), area.minY(), z);
    int c = brush.vertex(area.maxX(), area.maxY(), z);
    int d = brush.vertex(area.minX(), area.maxY(), z);
    if (z == 0) {
      brush.quad(a, b, c, d);
    } else {
      brush.quad(a, d, c, b);
    }
  }

  /** Draws a wall in a frame with x along it, y across it and z up. */
  private void drawWall(FloorPlan.Wall wall) {
    Pose12 worldFromWall =
        wall.alongX() ? Pose12.IDENTITY : new Pose12(0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0);
    Brush brush = Brush.of(mesh, worldFromWall, 1);
    face(brush, wall, wall.low());
    face(brush, wall, wall.high());
    double top = plan.ceilingHeight();
    acrossHorizontal(brush, wall, wall.from(), wall.to(), top);
    acrossVertical(brush, wall, wall.from(), 0, top);
    acrossVertical(brush, wall, wall.to(), 0, top);
    for (FloorPlan.Opening opening : wall.openings()) {
      acrossVertical(brush, wall, opening.from(), opening.low(), opening.high());
      acrossVertical(brush, wall, opening.to(), opening.low(), opening.high());
      acrossHorizontal(brush, wall, opening.from(), opening.to(), opening.high());
      if (!opening.reachesFloor()) {
        acrossHorizontal(brush, wall, opening.from(), opening.to(), opening.low());
      }
      fill(brush, wall, opening);
    }
  }

  /** One face of a wall as a grid of rectangles that leaves out the openings. */
  private void face(Brush brush, FloorPlan.Wall wall, double y) {
    TreeSet<Double> across = new TreeSet<>(List.of(wall.from(), wall.to()));
    TreeSet<Double> heights = new TreeSet<>(List.of(0.0, plan.ceilingHeight()));
    for (FloorPlan.Opening opening : wall.openings()) {
      across.addAll(List.of(opening.from(), opening.to()));
      heights.addAll(List.of(opening.low(), opening.high()));
    }
    for (double x = across.first(); x < across.last(); x = across.higher(x)) {
      for (double z = heights.first(); z < heights.last(); z = heights.higher(z)) {
        double nextX = across.higher(x);
        double nextZ = heights.higher(z);
        if (!isOpen(wall, (x + nextX) / 2, (z + nextZ) / 2)) {
          int a = brush.vertex(x, y, z);
          int b = brush.vertex(nextX, y, z);
          int c = brush.vertex(nextX, y, nextZ);
          int d = brush.vertex(x, y, nextZ);
          brush.quad(a, b, c, d);
        }
      }
    }
  }

  private static boolean isOpen(FloorPlan.Wall wall, double x, double z) {
    for (FloorPlan.Opening opening : wall.openings()) {
      if (x > opening.from() && x < opening.to() && z > opening.low() && z < opening.high()) {
        return true;
      }
    }
    return false;
  }

  private static void acrossVertical(
      Brush brush, FloorPlan.Wall wall, double x, double low, double high) {
    int a = brush.vertex(x, wall.low(), low);
    int b = brush.vertex(x, wall.high(), low);
    int c = brush.vertex(x, wall.high(), high);
    int d = brush.vertex(x, wall.low(), high);
    brush.quad(a, b, c, d);
  }

  private static void acrossHorizontal(
      Brush brush, FloorPlan.Wall wall, double from, double to, double z) {
    int a = brush.vertex(from, wall.low(), z);
    int b = brush.vertex(to, wall.low(), z);
    int c = brush.vertex(to, wall.high(), z);
    int d = brush.vertex(from, wall.high(), z);
    brush.quad(a, b, c, d);
  }

  /** Window frame with pane and mullion, or a closed door leaf with a knob, near the outer face. */
  private static void fill(Brush brush, FloorPlan.Wall wall, FloorPlan.Opening opening) {
    double outer = wall.outside() < 0 ? wall.low() + 0.05 : wall.high() - 0.05;
    double middle = (opening.from() + opening.to()) / 2;
    switch (opening.filling()) {
      case NOTHING -> {}
      case WINDOW -> {
        double bar = 0.05;
        double x0 = opening.from();
        double x1 = opening.to();
        double z0 = opening.low();
        double z1 = opening.high();
        Blocks.box(brush, x0, outer - 0.006, z0, x1, outer + 0.006, z1);
        Blocks.box(brush, x0, outer - 0.03, z0, x0 + bar, outer + 0.03, z1);
        Blocks.box(brush, x1 - bar, outer - 0.03, z0, x1, outer + 0.03, z1);
        Blocks.box(brush, x0 + bar, outer - 0.03, z0, x1 - bar, outer + 0.03, z0 + bar);
        Blocks.box(brush, x0 + bar, outer - 0.03, z1 - bar, x1 - bar, outer + 0.03, z1);
        Blocks.box(
            brush, middle - 0.02, outer - 0.025, z0 + bar, middle + 0.02, outer + 0.025, z1 - bar);
      }
      case DOOR_LEAF -> {
        Blocks.box(
            brush, opening.from(), outer - 0.02, 0, opening.to(), outer + 0.02, opening.high());
        double knob = outer - wall.outside() * 0.06;
        CurvedSolids.superellipsoid(
            brush.at(opening.to() - 0.09, knob, 1.02), 16, 0.03, 0.03, 0.03, 1);
      }
    }
  }

  private void skirting(Brush brush, FloorPlan.Room room, RoomSide side) {
    double start = side.from(room.interior());
    double end = side.to(room.interior());
    TreeSet<Double> cuts = new TreeSet<>(List.of(start, end));
    List<FloorPlan.Opening> openings = plan.openingsOn(room, side);
    for (FloorPlan.Opening opening : openings) {
      if (opening.reachesFloor()) {
        cuts.add(opening.from());
        cuts.add(opening.to());
      }
    }
    for (double from = start; from < end; from = cuts.higher(from)) {
      double to = cuts.higher(from);
      double middle = (from + to) / 2;
      boolean open =
          openings.stream().anyMatch(o -> o.reachesFloor() && middle > o.from() && middle < o.to());
      if (!open) {
        Rectangle board = side.strip(room.interior(), from, to, 0, SKIRTING_DEPTH);
        Blocks.box(
            brush, board.minX(), board.minY(), 0, board.maxX(), board.maxY(), SKIRTING_HEIGHT);
      }
    }
  }
}
