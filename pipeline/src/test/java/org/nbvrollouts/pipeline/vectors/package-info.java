/**
 * Golden numbers of the specification for tests. Entry class: {@link
 * org.nbvrollouts.pipeline.vectors.GoldenVectors}.
 */
package org.nbvrollouts.pipeline.vectors;
