package org.nbvrollouts.pipeline.scene;

/** An axis-aligned rectangle on the floor, world metres. */
record Rectangle(double minX, double minY, double maxX, double maxY) {

  static Rectangle around(double x, double y, double width, double depth) {
    return new Rectangle(x - width / 2, y - depth / 2, x + width / 2, y + depth / 2);
  }

  Rectangle grown(double margin) {
    return new Rectangle(minX - margin, minY - margin, maxX + margin, maxY + margin);
  }

  boolean overlaps(Rectangle other) {
    return minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY;
  }

  boolean holds(Rectangle other) {
    return minX <= other.minX && minY <= other.minY && maxX >= other.maxX && maxY >= other.maxY;
  }

  boolean holds(double x, double y) {
    return x >= minX && x <= maxX && y >= minY && y <= maxY;
  }

  double area() {
    return (maxX - minX) * (maxY - minY);
  }

  double centreX() {
    return (minX + maxX) / 2;
  }

  double centreY() {
    return (minY + maxY) / 2;
  }
}
