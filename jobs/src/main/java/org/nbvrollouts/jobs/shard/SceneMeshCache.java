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
 * the least recently used leaving first. Thread-safe. A mesh in use stays alive with its user after
 * it left.
 */
final class SceneMeshCache {
  /** A float32 point, and three indices of a face. */
  private static final long BYTES_PER_VERTEX_OR_FACE = 12;

  private final long capacityBytes;
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private long heldBytes;

  SceneMeshCache(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /** A mesh counts nothing while it is being built; a source need not say how large it is. */
  private record Held(FutureTask<SceneMesh> mesh, long bytes) {}

  /**
   * The mesh, built by the first caller; a failed build is forgotten and thrown to all who wait.
   */
  SceneMesh meshOf(MeshReference reference, Supplier<SceneMesh> build) throws InterruptedException {
    FutureTask<SceneMesh> task = reserve(reference.sha256(), build);
    task.run();
    try {
      SceneMesh mesh = task.get();
      account(mesh, task);
      return mesh;
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

  private synchronized FutureTask<SceneMesh> reserve(String sha256, Supplier<SceneMesh> build) {
    return held.computeIfAbsent(sha256, key -> new Held(new FutureTask<>(build::get), 0)).mesh();
  }

  private synchronized void account(SceneMesh mesh, FutureTask<SceneMesh> task) {
    Held found = held.get(mesh.sha256());
    if (found != null && found.mesh() == task && found.bytes() == 0) {
      long bytes =
          mesh.bvh().memoryBytes()
              + BYTES_PER_VERTEX_OR_FACE
                  * ((long) mesh.mesh().vertexCount() + mesh.mesh().faceCount());
      held.put(mesh.sha256(), new Held(task, bytes));
      heldBytes += bytes;
      evict();
    }
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
