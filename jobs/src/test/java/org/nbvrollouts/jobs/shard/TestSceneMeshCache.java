package org.nbvrollouts.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.rollout.SceneMesh;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.TriangleMesh;

class TestSceneMeshCache {
  private static final long MESH_BYTES = mesh("0".repeat(64)).bvh().memoryBytes() + 12L * (3 + 1);

  private final AtomicInteger builds = new AtomicInteger();

  private static MeshReference reference(char digit) {
    // A source need not say how large a mesh is.
    return new MeshReference(String.valueOf(digit).repeat(64), -1, -1);
  }

  private SceneMesh build(MeshReference reference) {
    builds.incrementAndGet();
    return mesh(reference.sha256());
  }

  private static SceneMesh mesh(String sha256) {
    float[] vertices = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    int[] faces = {0, 1, 2};
    return SceneMesh.of(TriangleMesh.of(vertices, faces), sha256);
  }

  private SceneMesh get(SceneMeshCache cache, char digit) throws InterruptedException {
    MeshReference reference = reference(digit);
    return cache.meshOf(reference, () -> build(reference));
  }

  @Test
  void aMeshIsBuiltOnceHoweverManyAskAtTheSameTime() throws Exception {
    SceneMeshCache cache = new SceneMeshCache(MESH_BYTES);
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Callable<SceneMesh> ask =
        () -> {
          start.await();
          return get(cache, 'a');
        };
    List<Future<SceneMesh>> answers =
        Stream.generate(() -> ask).limit(4).map(threads::submit).toList();
    start.countDown();
    SceneMesh first = answers.get(0).get();
    for (Future<SceneMesh> answer : answers) {
      assertThat(answer.get()).isSameAs(first);
    }
    threads.shutdown();
    assertThat(builds).hasValue(1);
  }

  @Test
  void theLeastRecentlyUsedMeshLeavesFirst() throws Exception {
    SceneMeshCache cache = new SceneMeshCache(2 * MESH_BYTES);
    SceneMesh a = get(cache, 'a');
    get(cache, 'b');
    assertThat(get(cache, 'a')).isSameAs(a);
    get(cache, 'c');
    assertThat(get(cache, 'a')).isSameAs(a);
    assertThat(builds).hasValue(3);
    get(cache, 'b');
    assertThat(builds).hasValue(4);
  }

  @Test
  void aMeshLargerThanTheCacheIsStillShared() throws Exception {
    SceneMeshCache cache = new SceneMeshCache(0);
    assertThat(get(cache, 'a')).isSameAs(get(cache, 'a'));
  }

  @Test
  void aFailedBuildIsForgotten() throws Exception {
    SceneMeshCache cache = new SceneMeshCache(MESH_BYTES);
    assertThatThrownBy(
            () ->
                cache.meshOf(
                    reference('a'),
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(get(cache, 'a').sha256()).startsWith("aaaa");
  }
}
