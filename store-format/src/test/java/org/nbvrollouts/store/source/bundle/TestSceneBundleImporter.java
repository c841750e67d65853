package org.nbvrollouts.store.source.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;

final class TestSceneBundleImporter {
  /** Every n-th vertex of the mesh stands for a point that was seen. */
  static final SparsePointSampler VERTICES =
      mesh ->
          (trajectory, cameras, key) -> {
            float[] all = mesh.copyVertices();
            return new SparsePoints(PointCloud.of(all), Optional.empty(), Optional.empty());
          };

  @TempDir Path folder;

  @Test
  void theBookShopHasTwentySnippets() {
    Path bookstore = sharedScene("bookstore");
    Path output = folder.resolve("source");
    SceneBundleImporter.Result result =
        new SceneBundleImporter(VERTICES)
            .importBundles(List.of(bookstore), output, SceneBundleImporter.Options.ALL_TRAIN);
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    assertThat(reader.sourceManifestHash()).isEqualTo(result.sourceManifestHash());
    assertThat(reader.identities()).hasSize(20);
    assertThat(reader.identities().get(3))
        .isEqualTo(
            new SampleIdentity(
                3,
                "bookstore::snippet-000003",
                "bookstore",
                "snippet-000003",
                "train",
                "part-00000",
                3));
    SourceSample sample = reader.load(19);
    assertThat(sample.actor().trajectory().size()).isEqualTo(20);
    assertThat(sample.oracle().groundTruth().orElseThrow().boxes()).hasSize(134);
    assertThat(sample.oracle().mesh().faceCount()).isEqualTo(118_169);
    assertThat(reader.loadMesh(sample.oracle().mesh().sha256()).vertexCount()).isEqualTo(63_501);
    for (Pose12 pose : sample.actor().trajectory().worldFromRig()) {
      // A person walks upright: the rig's x axis points down within some degrees of pitch.
      assertThat(pose.r20()).isLessThan(-0.8);
      assertThat(pose.tz()).isBetween(1.0, 2.2);
    }
  }

  /** A scene of the data folder beside the repository; the test is skipped where there is none. */
  private static Path sharedScene(String name) {
    Path place = Path.of("").toAbsolutePath();
    while (place != null) {
      Path scene = place.resolveSibling("shared").resolve("data/scenes").resolve(name);
      if (Files.isDirectory(scene)) {
        return scene;
      }
      place = place.getParent();
    }
    Assumptions.abort("No shared/data folder beside the repository: scene " + name + " skipped");
    throw new AssertionError();
  }
}
