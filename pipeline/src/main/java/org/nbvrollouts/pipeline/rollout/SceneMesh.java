package org.nbvrollouts.pipeline.rollout;

import java.util.regex.Pattern;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * The true mesh of a scene with the search structure that every row of the scene shares. Immutable
 * and safe to share between threads; build it once per mesh and JVM.
 */
public final class SceneMesh {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int VERSION_DIGITS = 16;

  private final TriangleMesh mesh;
  private final Bvh bvh;
  private final String sha256;

  private SceneMesh(TriangleMesh mesh, Bvh bvh, String sha256) {
    this.mesh = mesh;
    this.bvh = bvh;
    this.sha256 = sha256;
  }

  /**
   * Builds the search structure.
   *
   * @param sha256 64 lower-case hex digits over the bytes of the mesh file
   */
  public static SceneMesh of(TriangleMesh mesh, String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw ConfigCheck.invalid("mesh SHA-256", sha256, "64 lower-case hex digits");
    }
    return new SceneMesh(mesh, Bvh.build(mesh), sha256);
  }

  public TriangleMesh mesh() {
    return mesh;
  }

  /** The search structure over all faces. */
  public Bvh bvh() {
    return bvh;
  }

  public String sha256() {
    return sha256;
  }

  /** Identity of the mesh in lineage: {@code mesh-v=<V>-f=<F>-sha256=<16 hex>}. */
  public String meshVersion() {
    return meshVersion(mesh, sha256);
  }

  /** As {@link #meshVersion()}, without a search structure. */
  public static String meshVersion(TriangleMesh mesh, String sha256) {
    return "mesh-v="
        + mesh.vertexCount()
        + "-f="
        + mesh.faceCount()
        + "-sha256="
        + sha256.substring(0, VERSION_DIGITS);
  }
}
