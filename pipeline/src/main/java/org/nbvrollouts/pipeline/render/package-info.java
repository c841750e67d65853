/**
 * Depth by ray casting: z-depth of candidate views through an ideal camera, and Euclidean distance
 * of logged frames through their own lens. Entry class: {@link
 * org.nbvrollouts.pipeline.render.DepthRenderer}.
 */
package org.nbvrollouts.pipeline.render;
