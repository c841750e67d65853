package org.nbvrollouts.jobs.campaign;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.MadeUpRows;
import org.nbvrollouts.store.source.rollout.RolloutSourceWriter;
import org.nbvrollouts.store.source.rollout.SourceFixtures;

/**
 * Writes rollout sources of very many small rows, those of {@link MadeUpRows}. Takes time (2 ms),
 * memory and disk by the row (some 10 kB), so it is a program of its own:
 *
 * <pre>
 * java -Xmx2g -cp ... org.nbvrollouts.jobs.campaign.ScaleSource FOLDER 1000 100000
 * </pre>
 */
public final class ScaleSource {
  private static final int ROWS_PER_SCENE = 100;
  private static final int MESHES = 10;
  private static final long SEED = 7;

  private ScaleSource() {}

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    Path folder = Path.of(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      int rows = Integer.parseInt(arguments[i]);
      Path source = of(folder, rows);
      if (!Files.exists(source)) {
        write(source, rows);
      }
      out.println(source);
    }
  }

  /** Where the source of so many rows lies. */
  static Path of(Path folder, int rows) {
    return folder.resolve("source-" + rows).toAbsolutePath().normalize();
  }

  private static void write(Path source, int rows) {
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(source, SourceFixtures.PROVENANCE)) {
      MeshReference[] meshes = new MeshReference[MESHES];
      for (int i = 0; i < MESHES; i++) {
        meshes[i] = writer.addMesh(SourceFixtures.tetrahedron(i));
      }
      SourceSample like = SourceFixtures.sample(0, meshes[0], new SplittableRandom(SEED));
      for (int i = 0; i < rows; i++) {
        writer.addSample(
            new SourceSample(
                MadeUpRows.identity(i),
                like.actor(),
                new OracleEvidence(
                    like.oracle().groundTruth(),
                    like.oracle().rootCloud(),
                    meshes[i / ROWS_PER_SCENE % MESHES])));
      }
      writer.finish();
    }
  }
}
