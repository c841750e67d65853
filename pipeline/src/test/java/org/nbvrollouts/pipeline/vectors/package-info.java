/**
 * What ties the code to the specification: golden numbers for tests, how many of them were
 * compared, and the map of sections to classes. Entry class: {@link
 * org.nbvrollouts.pipeline.vectors.VectorCheck}.
 */
package org.nbvrollouts.pipeline.vectors;
