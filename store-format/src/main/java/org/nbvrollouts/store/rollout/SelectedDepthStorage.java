package org.nbvrollouts.store.rollout;

import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * How depth images of selected views are stored (specification store 2.6).
 *
 * @param enabled one image per step is mandatory; otherwise none is stored
 * @param widthPx raster width, at least 1
 * @param heightPx raster height, at least 1
 * @param chunkSteps images per chunk, at least 1
 * @param renderer name of the renderer
 * @param znearMetres near clip plane, finite
 * @param zfarMetres far clip plane, finite
 * @param sourceResolution how the raster was obtained
 */
public record SelectedDepthStorage(
    boolean enabled,
    int widthPx,
    int heightPx,
    int chunkSteps,
    String renderer,
    double znearMetres,
    double zfarMetres,
    String sourceResolution) {

  public SelectedDepthStorage {
    atLeastOne("selected_depth_width_px", widthPx);
    atLeastOne("selected_depth_height_px", heightPx);
    atLeastOne("selected_depth_chunk_steps", chunkSteps);
    if (!Double.isFinite(znearMetres) || !Double.isFinite(zfarMetres)) {
      throw new RefusedInputException(
          "Invalid clip planes: %s to %s (expected finite metres)"
              .formatted(znearMetres, zfarMetres));
    }
  }

  static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new RefusedInputException("Invalid " + key + ": " + value + " (expected at least 1)");
    }
  }

  /** 240 × 240, 16 images per chunk, 0.001 m to 20 m, {@code BvhDepthRenderer}. */
  public static SelectedDepthStorage defaults() {
    return new SelectedDepthStorage(
        true,
        StoreSchema.DEFAULT_SELECTED_DEPTH_SIZE_PX,
        StoreSchema.DEFAULT_SELECTED_DEPTH_SIZE_PX,
        StoreSchema.DEFAULT_SELECTED_DEPTH_CHUNK_STEPS,
        "BvhDepthRenderer",
        StoreSchema.DEFAULT_ZNEAR_METRES,
        StoreSchema.DEFAULT_ZFAR_METRES,
        "exact_output_size");
  }

  /** The defaults with another raster size. */
  public static SelectedDepthStorage ofSize(int widthPx, int heightPx) {
    SelectedDepthStorage base = defaults();
    return new SelectedDepthStorage(
        true,
        widthPx,
        heightPx,
        base.chunkSteps,
        base.renderer,
        base.znearMetres,
        base.zfarMetres,
        base.sourceResolution);
  }

  /** The defaults without images. */
  public static SelectedDepthStorage disabled() {
    SelectedDepthStorage base = defaults();
    return new SelectedDepthStorage(
        false,
        base.widthPx,
        base.heightPx,
        base.chunkSteps,
        base.renderer,
        base.znearMetres,
        base.zfarMetres,
        base.sourceResolution);
  }
}
