package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.nbvrollouts.pipeline.candidate.CandidateRequest;
import org.nbvrollouts.pipeline.candidate.NodeKey;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.CandidateError;
import org.nbvrollouts.pipeline.oracle.RootCloudBuilder;
import org.nbvrollouts.pipeline.oracle.SceneErrors;
import org.nbvrollouts.pipeline.oracle.TargetOracle;
import org.nbvrollouts.pipeline.oracle.TargetState;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.pipeline.target.OracleTargetSamplerConfig;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.source.SourceSample;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds of one node of 60 candidates by stage, at 48 × 48 renders and stride 2, and of a
 * whole row with one target and the default recipes. The room of {@link RoomFixture} has about
 * 200,000 and 1,000,000 faces. Set-up checks that candidates see the target and score.
 *
 * <pre>
 * mvn -q -pl pipeline -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
 * java -cp pipeline/target/test-classes:pipeline/target/classes:$(cat pipeline/target/classpath.txt) \
 *   org.openjdk.jmh.Main NodeBenchmark
 * </pre>
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class NodeBenchmark {
  /** Edge of the room's quads: about 200,000 and 1,000,000 faces. */
  @Param({"0.0375", "0.0168"})
  public double cellMetres;

  private final SourceSample sample = RoomFixture.sample();
  private final VoxelFusion fusion = new VoxelFusion();
  private RolloutGenerationConfig config;
  private SceneMesh mesh;
  private SelectedTarget target;
  private SampleContext context;
  private TargetOracle oracle;
  private TargetState root;
  private CandidateShell shell;
  private List<PointBuffer> clouds;

  /** Builds the mesh, the root and the clouds of one node. */
  @Setup
  public void prepare() throws UnscorableTargetException {
    config =
        new RolloutGenerationConfig(
            OracleTargetSamplerConfig.defaults(),
            RoomFixture.mixture(20),
            RoomFixture.scorer(2),
            SelectedDepthRetentionConfig.defaults(),
            RolloutRecipeConfig.defaultSuite(),
            OptionalInt.of(1),
            true,
            1,
            RolloutGenerationConfig.DEFAULT_TARGET_PROTOCOL_VERSION,
            false);
    mesh = RoomFixture.sceneMesh(cellMetres);
    target = config.targetSource().newTargetSource().select(sample).selected().get(0);
    RootFacts facts = RootFacts.of(sample, OptionalInt.empty());
    PointBuffer cloud =
        new RootCloudBuilder(config.targetScorer(), fusion)
            .build(sample, mesh.bvh(), sample.actor().trajectory().size())
            .orElseThrow()
            .pointsWorld();
    context =
        SampleContext.of(
            config, sample, mesh, facts, cloud, fusion, new StageClock(System::nanoTime));
    oracle =
        TargetOracle.of(config.targetScorer(), fusion, target.oracle().orElseThrow(), mesh.mesh());
    root = oracle.root(cloud);
    shell = candidates();
    clouds = renderClouds();
    long scored = scoreTarget().stream().filter(error -> error.support() > 0).count();
    if (clouds.isEmpty() || scored == 0) {
      throw new IllegalStateException("Cannot measure: no candidate sees the target");
    }
  }

  /** Sampling and rules. */
  @Benchmark
  public CandidateShell candidates() {
    return context
        .generator()
        .generate(
            new CandidateRequest(
                context.rootWorldFromCamera(),
                Optional.of(target.actor().centreWorld()),
                context.occupancyExtent(),
                new NodeKey(RoomFixture.SAMPLE_KEY, target.actor().targetId(), List.of(), 0)));
  }

  /** Clouds of all valid candidates. */
  @Benchmark
  public List<PointBuffer> renderClouds() {
    List<PointBuffer> seen = new ArrayList<>();
    for (int row = 0; row < shell.size(); row++) {
      if (shell.valid().at(row)) {
        seen.add(context.views().cloud(shell.worldFromCamera().get(row)));
      }
    }
    return seen;
  }

  /** Crop of the mesh, its search structure and the state at the root. */
  @Benchmark
  public TargetState targetRoot() throws UnscorableTargetException {
    return TargetOracle.of(
            config.targetScorer(), fusion, target.oracle().orElseThrow(), mesh.mesh())
        .root(context.rootCloud());
  }

  /** Target errors of all valid candidates. */
  @Benchmark
  public List<CandidateError> scoreTarget() {
    return clouds.stream().map(cloud -> oracle.score(root, cloud)).toList();
  }

  /** Scene errors of all valid candidates at the root, whose state is known. */
  @Benchmark
  public SceneErrors scoreScene() {
    return context.scene().orElseThrow().score(List.of(), clouds).orElseThrow();
  }

  /** Scene errors of all valid candidates one step later, state included. */
  @Benchmark
  public SceneErrors scoreSceneAfterOneStep() {
    return context.scene().orElseThrow().score(List.of(clouds.get(0)), clouds).orElseThrow();
  }

  /** One retained depth image of 240 × 240. */
  @Benchmark
  public SelectedDepth selectedDepth() {
    return context.views().selectedDepth(context.rootWorldFromCamera());
  }

  /** Everything: one target, four recipes, five nodes. */
  @Benchmark
  public SampleRollouts wholeRow() {
    return new SampleRolloutGenerator(config).generate(sample, mesh, RoomFixture.LINEAGE);
  }
}
