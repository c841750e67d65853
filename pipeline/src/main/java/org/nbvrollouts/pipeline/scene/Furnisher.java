package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Furnishes a home room by room, by what each room is for. */
final class Furnisher {
  private static final int ATTEMPTS = 40;

  private final HomeLayout layout;
  private final SceneRandom random;
  private final Decorator decorator;

  private Furnisher(HomeLayout layout, SceneRandom random) {
    this.layout = layout;
    this.random = random;
    this.decorator = new Decorator(layout, random.child("decoration"));
  }

  static HomeLayout furnish(FloorPlan plan, SceneRandom random) {
    HomeLayout layout = new HomeLayout(plan);
    Furnisher furnisher = new Furnisher(layout, random);
    for (FloorPlan.Room room : plan.rooms()) {
      furnisher.furnish(room);
    }
    return layout;
  }

  private void furnish(FloorPlan.Room room) {
    switch (room.purpose()) {
      case LIVING -> furnishLiving(room);
      case DINING -> furnishDining(room);
      case BEDROOM -> furnishBedroom(room);
      case STUDY -> furnishStudy(room);
    }
    extras(room);
    decorator.hangOnWalls(room);
  }

  private void furnishLiving(FloorPlan.Room room) {
    lounge(room);
    against(room, () -> Storage.Cabinet.sideboard(random)).ifPresent(decorator::mediaBoard);
    if (room.interior().area() > 17 || layout.plan().rooms().size() == 1) {
      diningGroup(room, 2 + 2 * random.below(2));
    }
    against(room, () -> Storage.Shelf.random(random)).ifPresent(decorator::fillShelf);
    against(room, () -> Seats.Sofa.random(random, 1));
    against(room, () -> Lamps.FloorLamp.random(random));
    against(room, () -> Plant.floor(random));
    against(room, () -> Storage.Shelf.random(random)).ifPresent(decorator::fillShelf);
  }

  private void furnishDining(FloorPlan.Room room) {
    diningGroup(room, 4 + 2 * random.below(2));
    against(room, () -> Storage.Cabinet.kitchenRow(random)).ifPresent(decorator::crockery);
    against(room, () -> Storage.Cabinet.sideboard(random)).ifPresent(decorator::crockery);
    against(room, () -> Storage.Shelf.random(random)).ifPresent(decorator::fillShelf);
    against(room, () -> Plant.floor(random));
    against(room, () -> Seats.Stool.random(random));
  }

  private void furnishBedroom(FloorPlan.Room room) {
    bedGroup(room);
    against(room, () -> Storage.Cabinet.wardrobe(random));
    against(room, () -> Storage.Cabinet.sideboard(random)).ifPresent(decorator::crockery);
    against(room, () -> Seats.Chair.random(random));
    against(room, () -> Plant.floor(random));
    against(room, () -> Storage.Shelf.random(random)).ifPresent(decorator::fillShelf);
  }

  private void furnishStudy(FloorPlan.Room room) {
    deskGroup(room);
    against(room, () -> Storage.Shelf.random(random)).ifPresent(decorator::fillShelf);
    against(room, () -> Storage.Shelf.random(random)).ifPresent(decorator::fillShelf);
    against(room, () -> Seats.Sofa.random(random, 1));
    against(room, () -> Lamps.FloorLamp.random(random));
    against(room, () -> Storage.Cabinet.sideboard(random)).ifPresent(decorator::crockery);
    against(room, () -> Bicycle.random(random));
  }

  private void extras(FloorPlan.Room room) {
    if (random.chance(0.5)) {
      against(room, () -> Belongings.Carton.random(random)).ifPresent(decorator::stackCarton);
    }
    if (random.chance(0.35)) {
      against(room, () -> Bicycle.random(random));
    }
    if (random.chance(0.6)) {
      against(room, () -> Belongings.Toy.random(random));
    }
    if (random.chance(0.5)) {
      against(room, () -> Plant.floor(random));
    }
  }

  /** Sofa at a wall, rug and coffee table before it, cushions on it. */
  private void lounge(FloorPlan.Room room) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Seats.Sofa sofa = Seats.Sofa.random(random, random.chance(0.6) ? 3 : 2);
      Textiles.Rug rug = Textiles.Rug.random(random);
      Furniture table =
          random.chance(0.5) ? Tables.Rectangular.coffee(random) : Tables.Round.coffee(random);
      PlacedObject seat = layout.againstWall(room, sofa, random);
      double reach = sofa.depth() / 2 + 0.06 + rug.depth() / 2;
      PlacedObject carpet = seat.carry(rug, 0, 0, reach, 0);
      PlacedObject top = seat.carry(table, 0, 0, reach, rug.height() + 0.001);
      if (layout.placeOnFloor(room, List.of(seat, carpet, top)).isPresent()) {
        decorator.cushions(seat, sofa);
        decorator.tableTop(top);
        return;
      }
    }
    against(room, () -> Seats.Sofa.random(random, 2));
  }

  private void diningGroup(FloorPlan.Room room, int chairs) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Furniture table =
          random.chance(0.5) ? Tables.Rectangular.dining(random) : Tables.Round.dining(random);
      int seats = attempt > ATTEMPTS / 2 ? 2 : chairs;
      PlacedObject top = layout.amidRoom(room, table, random);
      List<PlacedObject> group = new ArrayList<>(List.of(top));
      group.addAll(chairsAround(top, seats));
      if (layout.placeOnFloor(room, group).isPresent()) {
        decorator.tableTop(top);
        decorator.pendantOver(top);
        return;
      }
    }
  }

  /** Chairs that face the table, drawn back a little and not quite straight. */
  private List<PlacedObject> chairsAround(PlacedObject table, int count) {
    List<PlacedObject> chairs = new ArrayList<>();
    Seats.Chair chair = Seats.Chair.random(random);
    double out = chair.depth() / 2 + 0.04;
    for (int i = 0; i < count; i++) {
      double pull = out + random.uniform(0, 0.08);
      double skew = random.uniform(-0.15, 0.15);
      if (table.piece() instanceof Tables.Round round) {
        double angle = 2 * Math.PI * i / count;
        double distance = round.radius() + pull;
        chairs.add(
            table.carry(
                chair,
                angle + Math.PI / 2 + skew,
                distance * StrictMath.cos(angle),
                distance * StrictMath.sin(angle),
                0));
      } else {
        int perSide = count / 2;
        double side = i < perSide ? 1 : -1;
        double x = table.piece().width() * ((i % perSide + 0.5) / perSide - 0.5);
        double yaw = side > 0 ? Math.PI + skew : skew;
        chairs.add(table.carry(chair, yaw, x, side * (table.piece().depth() / 2 + pull), 0));
      }
    }
    return chairs;
  }

  /** Bed at a wall, a night stand with a lamp on one or both sides. */
  private void bedGroup(FloorPlan.Room room) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Bed bed = Bed.random(random);
      Storage.Cabinet stand = Storage.Cabinet.nightstand(random);
      PlacedObject sleeper = layout.againstWall(room, bed, random);
      double aside = bed.width() / 2 + stand.width() / 2 + 0.06;
      double back = -bed.depth() / 2 + stand.depth() / 2;
      List<PlacedObject> group = new ArrayList<>(List.of(sleeper));
      group.add(sleeper.carry(stand, 0, aside, back, 0));
      if (attempt < ATTEMPTS / 2) {
        group.add(sleeper.carry(stand, 0, -aside, back, 0));
      }
      if (layout.placeOnFloor(room, group).isPresent()) {
        group.subList(1, group.size()).forEach(decorator::bedside);
        return;
      }
    }
    against(room, () -> Bed.random(random));
  }

  /** Desk at a wall with its chair. */
  private void deskGroup(FloorPlan.Room room) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Tables.Rectangular desk = Tables.Rectangular.desk(random);
      Seats.Chair chair = Seats.Chair.random(random);
      PlacedObject top = layout.againstWall(room, desk, random);
      double out = desk.depth() / 2 + chair.depth() / 2 + 0.05;
      PlacedObject seat =
          top.carry(chair, Math.PI + random.uniform(-0.3, 0.3), random.uniform(-0.2, 0.2), out, 0);
      if (layout.placeOnFloor(room, List.of(top, seat)).isPresent()) {
        decorator.workplace(top);
        return;
      }
    }
  }

  /** The first of several random pieces and places at a wall that fits, if any does. */
  private Optional<PlacedObject> against(FloorPlan.Room room, Supplier<Furniture> pieces) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      PlacedObject tried = layout.againstWall(room, pieces.get(), random);
      Optional<PlacedObject> placed = layout.placeOnFloor(room, List.of(tried));
      if (placed.isPresent()) {
        return placed;
      }
    }
    return Optional.empty();
  }
}
