package org.nbvrollouts.jobs.shard;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.nbvrollouts.pipeline.rollout.SceneMesh;
import org.nbvrollouts.store.source.MeshReference;

/**
 * Meshes of this JVM with their search structure, each built once however many tasks ask for it,
 * the least recently used leaving first (design D-12). Thread-safe. A mesh in use stays alive with
 * its user after it left.
 */
final class SceneMeshCache {
  /** Vertices, faces and the tree over them, as a rule of thumb. */
  private static final long BYTES_PER_VERTEX = 24;

  private static final long BYTES_PER_FACE = 120;

  private final long capacityBytes;
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private long heldBytes;

  SceneMeshCache(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  private record Held(FutureTask<SceneMesh> mesh, long bytes) {}

  /**
   * The mesh, built by the first caller; a failed build is forgotten and thrown to all who wait.
   */
  SceneMesh meshOf(MeshReference reference, Supplier<SceneMesh> build) throws InterruptedException {
    FutureTask<SceneMesh> task = reserve(reference, build);
    task.run();
    try {
      return task.get();
    } catch (ExecutionException | CancellationException e) {
      forget(reference.sha256(), task);
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    }
  }

  private synchronized FutureTask<SceneMesh> reserve(
      MeshReference reference, Supplier<SceneMesh> build) {
    Held found = held.get(reference.sha256());
    if (found != null) {
      return found.mesh();
    }
    long bytes =
        reference.vertexCount() * BYTES_PER_VERTEX + reference.faceCount() * BYTES_PER_FACE;
    Held added = new Held(new FutureTask<>(build::get), bytes);
    held.put(reference.sha256(), added);
    heldBytes += bytes;
    evict();
    return added.mesh();
  }

  /** The newest stays even if it alone is larger than the cache. */
  private void evict() {
    Iterator<Map.Entry<String, Held>> eldest = held.entrySet().iterator();
    while (heldBytes > capacityBytes && held.size() > 1) {
      heldBytes -= eldest.next().getValue().bytes();
      eldest.remove();
    }
  }

  private synchronized void forget(String sha256, FutureTask<SceneMesh> task) {
    Held found = held.get(sha256);
    if (found != null && found.mesh() == task) {
      held.remove(sha256);
      heldBytes -= found.bytes();
    }
  }
}
