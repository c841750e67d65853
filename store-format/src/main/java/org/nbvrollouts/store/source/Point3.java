package org.nbvrollouts.store.source;

/** A point or vector in metres; the frame is named by the variable that holds it. */
public record Point3(double x, double y, double z) {}
