package org.nbvrollouts.pipeline.scene;

import java.util.Map;
import java.util.TreeMap;

/** Classes of objects with the ids that box tables carry. */
enum ObjectClass {
  TABLE(1, "table"),
  CHAIR(2, "chair"),
  SOFA(3, "sofa"),
  SHELF(4, "shelf"),
  LAMP(5, "lamp"),
  BED(6, "bed"),
  CABINET(7, "cabinet"),
  PLANT(8, "plant"),
  VASE(9, "vase"),
  BOWL(10, "bowl"),
  RUG(11, "rug"),
  BOX(12, "box"),
  BICYCLE(13, "bicycle"),
  SCREEN(14, "screen"),
  PICTURE(15, "picture"),
  CURTAIN(16, "curtain"),
  CUSHION(17, "cushion"),
  CUP(18, "cup"),
  BOOKS(19, "books"),
  STOOL(20, "stool"),
  TOY(21, "toy");

  private final int id;
  private final String label;

  ObjectClass(int id, String label) {
    this.id = id;
    this.label = label;
  }

  int id() {
    return id;
  }

  /** The class that a detector takes this one for when it errs. */
  ObjectClass lookAlike() {
    return switch (this) {
      case TABLE -> CABINET;
      case CHAIR -> STOOL;
      case SOFA -> BED;
      case SHELF -> CABINET;
      case LAMP -> VASE;
      case BED -> SOFA;
      case CABINET -> SHELF;
      case PLANT -> LAMP;
      case VASE -> PLANT;
      case BOWL -> CUP;
      case RUG -> TABLE;
      case BOX -> CABINET;
      case BICYCLE -> CHAIR;
      case SCREEN -> PICTURE;
      case PICTURE -> SCREEN;
      case CURTAIN -> SHELF;
      case CUSHION -> TOY;
      case CUP -> BOWL;
      case BOOKS -> BOX;
      case STOOL -> TABLE;
      case TOY -> CUSHION;
    };
  }

  /** Names of all classes by id. */
  static Map<Integer, String> names() {
    Map<Integer, String> names = new TreeMap<>();
    for (ObjectClass objectClass : values()) {
      names.put(objectClass.id, objectClass.label);
    }
    return names;
  }
}
