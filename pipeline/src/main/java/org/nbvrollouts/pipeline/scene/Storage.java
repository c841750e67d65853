package org.nbvrollouts.pipeline.scene;

/** Shelves, cabinets and what lies in them. */
final class Storage {
  private Storage() {}

  /** An open shelf of boards between two sides; its items are objects of their own. */
  record Shelf(double width, double depth, double height, int boards) implements Furniture {
    static final double BOARD = 0.022;

    static Shelf random(SceneRandom random) {
      double height = random.uniform(1.1, 2.1);
      return new Shelf(
          random.uniform(0.7, 1.3),
          random.uniform(0.28, 0.36),
          height,
          Math.max(3, (int) (height / 0.36)));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.SHELF;
    }

    /** Height of the upper side of a board, metres. */
    double boardTop(int board) {
      return 0.06 + board * clearance() + BOARD;
    }

    /** Distance from one board to the next, metres. */
    double clearance() {
      return (height - 0.06 - BOARD) / (boards - 1);
    }

    @Override
    public void draw(Brush brush) {
      double x = width / 2;
      double y = depth / 2;
      Blocks.box(brush, -x, -y, 0, -x + BOARD, y, height);
      Blocks.box(brush, x - BOARD, -y, 0, x, y, height);
      Blocks.box(brush, -x + BOARD, -y, 0.06, x - BOARD, -y + 0.006, height);
      for (int board = 0; board < boards; board++) {
        double top = boardTop(board);
        Blocks.box(brush, -x + BOARD, -y + 0.006, top - BOARD, x - BOARD, y - 0.004, top);
      }
    }
  }

  /** A cabinet with doors: gaps between the fronts, knobs, a plinth. */
  record Cabinet(double width, double depth, double height, int doors, int rows)
      implements Furniture {
    private static final double GAP = 0.004;

    static Cabinet wardrobe(SceneRandom random) {
      return new Cabinet(
          random.uniform(1.0, 1.6),
          random.uniform(0.55, 0.62),
          random.uniform(1.9, 2.15),
          2 + random.below(2),
          1);
    }

    static Cabinet sideboard(SceneRandom random) {
      return new Cabinet(
          random.uniform(1.1, 1.7),
          random.uniform(0.4, 0.46),
          random.uniform(0.5, 0.85),
          3,
          1 + random.below(2));
    }

    static Cabinet nightstand(SceneRandom random) {
      return new Cabinet(
          random.uniform(0.42, 0.5), random.uniform(0.38, 0.42), random.uniform(0.45, 0.55), 1, 2);
    }

    static Cabinet kitchenRow(SceneRandom random) {
      return new Cabinet(random.uniform(1.8, 2.4), 0.6, 0.9, 4, 2);
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.CABINET;
    }

    @Override
    public void draw(Brush brush) {
      double x = width / 2;
      double back = -depth / 2;
      double front = depth / 2 - 0.045;
      double base = Math.min(0.1, height * 0.12);
      Blocks.box(brush, -x + 0.02, back, 0, x - 0.02, front - 0.04, base);
      Blocks.box(brush, -x, back, base, x, front, height - 0.025);
      Blocks.rounded(brush.at(0, -0.0125, height - 0.0125), width, depth - 0.025, 0.025, 0.008, 6);
      double doorWidth = (width - (doors + 1) * GAP) / doors;
      double doorHeight = (height - 0.025 - base - (rows + 1) * GAP) / rows;
      for (int door = 0; door < doors; door++) {
        for (int row = 0; row < rows; row++) {
          double left = -x + GAP + door * (doorWidth + GAP);
          double low = base + GAP + row * (doorHeight + GAP);
          Brush panel = brush.at(left + doorWidth / 2, front + 0.012, low + doorHeight / 2);
          Blocks.rounded(panel, doorWidth, 0.02, doorHeight, 0.005, 4);
          double knobX = doorWidth * (door % 2 == 0 ? 0.38 : -0.38);
          CurvedSolids.superellipsoid(panel.at(knobX, 0.02, 0), 12, 0.013, 0.013, 0.013, 1);
        }
      }
    }
  }

  /** A row of upright books, some leaning. */
  record Books(double width, double depth, double height, long seed) implements Furniture {
    static Books random(SceneRandom random, double width, double height) {
      return new Books(width, random.uniform(0.15, 0.21), height, (long) random.uniform(0, 1e9));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.BOOKS;
    }

    @Override
    public void draw(Brush brush) {
      SceneRandom random = new SceneRandom(seed);
      double x = -width / 2;
      while (true) {
        double thick = random.uniform(0.015, 0.045);
        double tall = height * random.uniform(0.72, 1);
        double deep = depth * random.uniform(0.8, 1);
        boolean leans = random.chance(0.12);
        double lean = leans ? random.uniform(0.06, 0.16) : 0;
        double room = thick * StrictMath.cos(lean) + tall * StrictMath.sin(lean);
        if (x + room > width / 2) {
          return;
        }
        Brush book =
            brush
                .at(
                    x,
                    depth / 2 - deep / 2 - random.uniform(0, 1) * (depth - deep),
                    thick * StrictMath.sin(lean))
                .in(Frames.tiltAboutY(lean));
        Blocks.rounded(
            book.at(thick / 2, 0, tall * 0.485), thick, deep, tall * 0.97, thick * 0.2, 3);
        x += room + 0.002;
      }
    }
  }
}
