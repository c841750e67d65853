/**
 * Cameras in their two conventions. Rendering uses {@link
 * org.nbvrollouts.pipeline.camera.PinholeCamera}: x left, y up, z forward, rays through pixel
 * centres at half integers. Logged frames use {@link
 * org.nbvrollouts.pipeline.camera.CalibratedCamera}: u along +X, v along +Y, pixel centres at
 * integers, with the fisheye624 lens model or none. Entry classes: those two.
 */
package org.nbvrollouts.pipeline.camera;
