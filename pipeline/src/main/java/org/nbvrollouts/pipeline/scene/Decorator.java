package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Puts small things on furniture and on walls. */
final class Decorator {
  private static final double LIFT = 0.001;

  private final HomeLayout layout;
  private final SceneRandom random;

  Decorator(HomeLayout layout, SceneRandom random) {
    this.layout = layout;
    this.random = random;
  }

  void cushions(PlacedObject sofa, Seats.Sofa kind) {
    for (double side : new double[] {-1, 1}) {
      if (random.chance(0.7)) {
        double x = side * (kind.width() / 2 - 0.5);
        double y = -kind.depth() / 2 + 0.44;
        layout.placeAbove(
            sofa.carry(Seats.Cushion.random(random), random.uniform(-0.3, 0.3), x, y, 0.47));
      }
    }
  }

  void tableTop(PlacedObject table) {
    List<Supplier<Furniture>> things =
        List.of(
            () -> Tableware.Bowl.random(random),
            () -> Tableware.Cup.random(random),
            () -> Tableware.Vase.random(random),
            () -> Tableware.Cup.random(random),
            () -> Plant.small(random));
    spread(table, 0.7, things, 2 + random.below(3));
  }

  void crockery(PlacedObject cabinet) {
    List<Supplier<Furniture>> things =
        List.of(
            () -> Tableware.Bowl.random(random),
            () -> Tableware.Vase.random(random),
            () -> Lamps.TableLamp.random(random),
            () -> Storage.Books.random(random, random.uniform(0.2, 0.35), 0.24),
            () -> Plant.small(random));
    spread(cabinet, 0.9, things, 2 + random.below(3));
  }

  void mediaBoard(PlacedObject board) {
    Belongings.Screen screen = Belongings.Screen.television(random);
    if (screen.width() < board.piece().width() * 0.75 && board.piece().height() < 0.75) {
      double height = board.piece().height() + LIFT;
      layout.placeAbove(board.carry(screen, 0, 0, 0, height));
      Furniture vase = Tableware.Vase.random(random);
      double x = board.piece().width() / 2 - vase.width() / 2 - 0.02;
      if (x - vase.width() / 2 > screen.width() / 2) {
        layout.placeAbove(board.carry(vase, 0, x, 0, height));
      }
    } else {
      crockery(board);
    }
  }

  void bedside(PlacedObject stand) {
    double height = stand.piece().height() + LIFT;
    layout.placeAbove(stand.carry(Lamps.TableLamp.random(random), 0, -0.04, -0.03, height));
    if (random.chance(0.4)) {
      layout.placeAbove(stand.carry(Tableware.Cup.random(random), 0.5, 0.12, 0.12, height));
    }
  }

  void workplace(PlacedObject desk) {
    double height = desk.piece().height() + LIFT;
    double back = -desk.piece().depth() / 2;
    double half = desk.piece().width() / 2;
    layout.placeAbove(desk.carry(Belongings.Screen.monitor(random), 0, 0, back + 0.15, height));
    layout.placeAbove(
        desk.carry(Lamps.TableLamp.random(random), 0, -half + 0.19, back + 0.2, height));
    layout.placeAbove(desk.carry(Tableware.Cup.random(random), 1, half - 0.15, 0.05, height));
  }

  void stackCarton(PlacedObject carton) {
    Belongings.Carton kind = (Belongings.Carton) carton.piece();
    if (kind.flapRadians() == 0) {
      Furniture upper = new Belongings.Carton(kind.width() * 0.85, kind.depth() * 0.85, 0.24, 0);
      layout.placeAbove(carton.carry(upper, 0.15, 0, 0, kind.height() + LIFT));
    }
  }

  void pendantOver(PlacedObject table) {
    double low = random.uniform(1.45, 1.6);
    double cord = layout.plan().ceilingHeight() - low - 0.2;
    layout.placeAbove(
        table.carry(new Lamps.Pendant(random.uniform(0.16, 0.26), cord), 0, 0, 0, low));
  }

  /** Fills the boards of a shelf with books, plants and tableware, and leaves some empty. */
  void fillShelf(PlacedObject shelf) {
    Storage.Shelf kind = (Storage.Shelf) shelf.piece();
    double clear = kind.clearance() - Storage.Shelf.BOARD - 0.02;
    for (int board = 0; board < kind.boards() - 1; board++) {
      double z = kind.boardTop(board) + LIFT;
      double left = -kind.width() / 2 + Storage.Shelf.BOARD + 0.01;
      double right = kind.width() / 2 - Storage.Shelf.BOARD - 0.01;
      if (random.chance(0.75)) {
        double width = Math.max(0.15, (right - left) * random.uniform(0.35, 0.95));
        Furniture books = Storage.Books.random(random, width, Math.min(0.3, clear));
        double y = -kind.depth() / 2 + 0.02 + books.depth() / 2;
        layout.placeAbove(shelf.carry(books, 0, left + width / 2, y, z));
        left += width + 0.03;
      }
      Furniture item =
          random.chance(0.5) ? Tableware.Vase.random(random) : Tableware.Bowl.random(random);
      boolean fits = item.height() < clear && item.depth() < kind.depth() - 0.02;
      if (fits && item.width() < right - left && random.chance(0.8)) {
        layout.placeAbove(shelf.carry(item, 0, (left + right) / 2, 0.005, z));
      }
    }
  }

  /** Pictures on free stretches of wall and curtains beside the windows. */
  void hangOnWalls(FloorPlan.Room room) {
    for (RoomSide side : RoomSide.values()) {
      List<FloorPlan.Opening> openings = layout.plan().openingsOn(room, side);
      for (FloorPlan.Opening opening : openings) {
        if (opening.filling() == FloorPlan.Filling.WINDOW && random.chance(0.7)) {
          curtains(room, side, opening);
        }
      }
      if (openings.isEmpty() && random.chance(0.75)) {
        picture(room, side);
      }
    }
  }

  private void picture(FloorPlan.Room room, RoomSide side) {
    Furniture picture = Belongings.Picture.random(random);
    double from = side.from(room.interior());
    double length = side.to(room.interior()) - from;
    double along = from + length * random.uniform(0.3, 0.7);
    Rectangle area =
        side.strip(
            room.interior(), along - picture.width() / 2, along + picture.width() / 2, 0, 0.1);
    double bottom = Math.max(random.uniform(1.3, 1.5), tallestAt(area) + 0.08);
    if (bottom + picture.height() < layout.plan().ceilingHeight() - 0.1) {
      layout.placeAbove(hung(room, side, picture, along, bottom));
    }
  }

  private void curtains(FloorPlan.Room room, RoomSide side, FloorPlan.Opening window) {
    double top = window.high() + 0.12;
    double bottom = random.chance(0.6) ? 0.03 : window.low() - 0.1;
    double width = random.uniform(0.3, 0.45);
    for (double edge : new double[] {window.from() - 0.12, window.to() + 0.12}) {
      Rectangle area = side.strip(room.interior(), edge - width / 2, edge + width / 2, 0, 0.15);
      boolean inside =
          edge - width / 2 > side.from(room.interior())
              && edge + width / 2 < side.to(room.interior());
      double low = Math.max(bottom, tallestAt(area) + 0.02);
      if (inside && low < window.high() - 0.6) {
        layout.hang(
            hung(
                room,
                side,
                new Textiles.Curtain(width, top - low, random.uniform(2.5, 5)),
                edge,
                low));
      }
    }
  }

  private static PlacedObject hung(
      FloorPlan.Room room, RoomSide side, Furniture piece, double along, double bottom) {
    double across = side.face(room.interior()) + side.inward() * (piece.depth() / 2 + 0.004);
    double x = side.runsAlongX() ? along : across;
    double y = side.runsAlongX() ? across : along;
    return new PlacedObject(piece, Frames.yaw(side.furnitureYaw(), x, y, bottom));
  }

  private double tallestAt(Rectangle area) {
    double tallest = 0;
    for (PlacedObject object : layout.objects()) {
      if (object.footprint().overlaps(area)) {
        tallest = Math.max(tallest, object.worldFromObject().tz() + object.piece().height());
      }
    }
    return tallest;
  }

  /** Stands things side by side along the middle of a top, each in a stretch of its own. */
  private void spread(
      PlacedObject support, double share, List<Supplier<Furniture>> things, int count) {
    double length = support.piece().width() * share;
    double deep = support.piece().depth() * share;
    List<PlacedObject> standing = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Furniture thing = things.get(random.below(things.size())).get();
      double slack = length / count - thing.width();
      double aside = deep - thing.depth();
      if (slack > 0 && aside > 0) {
        double x = length * ((i + 0.5) / count - 0.5) + random.uniform(-0.5, 0.5) * slack;
        double y = random.uniform(-0.5, 0.5) * aside * 0.7;
        standing.add(support.carry(thing, 0, x, y, support.piece().height() + LIFT));
      }
    }
    standing.forEach(layout::placeAbove);
  }
}
