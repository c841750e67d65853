package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.explain.CandidateCase;
import org.nbvrollouts.jobs.explain.CandidateExplanations;
import org.nbvrollouts.jobs.explain.CandidateReport;
import org.nbvrollouts.jobs.explain.CandidateReportText;
import org.nbvrollouts.jobs.origin.StoreOrigin;
import org.nbvrollouts.jobs.origin.StoredChain;
import org.nbvrollouts.jobs.picture.CandidatePicture;
import org.nbvrollouts.store.json.JsonParser;

/** Why candidates of a small store are what they are. */
class TestExplainCommand {
  @TempDir static Path shared;
  private static Path source;
  private static Path store;

  @TempDir Path folder;

  @BeforeAll
  static void build() throws IOException {
    source = TinySource.write(shared.resolve("source"));
    Path config = TinySource.config(shared.resolve("tiny.toml"));
    Path manifest = shared.resolve("shards.jsonl");
    Path stores = shared.resolve("stores");
    assertThat(CommandLineRun.plan(config, source, manifest, 1).exitCode()).isZero();
    CommandLineRun built = CommandLineRun.build(config, manifest, stores, 0);
    assertThat(built.exitCode()).as(built.err()).isZero();
    store = stores.resolve("shard-000000");
  }

  /** The law of this command: whatever it generates again is what is stored. */
  @Test
  void everyCandidateOfTheStoreIsGeneratedAgainExactly() {
    int rejected = 0;
    int scored = 0;
    try (StoreOrigin origin = StoreOrigin.open(store, StoreOrigin.Overrides.NONE)) {
      for (int row = 0; row < origin.rolloutIds().size(); row++) {
        StoredChain chain = origin.chain(row);
        for (int step = 0; step < chain.steps().size(); step++) {
          CandidateExplanations explanations = CandidateExplanations.of(origin, chain, step);
          for (int shell = 0; shell < chain.steps().get(step).candidates().size(); shell++) {
            CandidateCase candidate = explanations.candidate(shell);
            CandidateReport report = CandidateReport.of(candidate);
            assertThat(report.differences())
                .as("rollout %s, step %s, candidate %s", chain.id(), step, shell)
                .isEmpty();
            assertThat(CandidateReportText.lines(report))
                .allMatch(line -> line.length() < 100)
                .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
            assertThat(report.sentence())
                .startsWith(candidate.isValid() ? "Valid, gain " : "Rejected: ");
            rejected += candidate.isValid() ? 0 : 1;
            scored += candidate.isValid() ? 1 : 0;
          }
        }
      }
    }
    assertThat(rejected).isPositive();
    assertThat(scored).isPositive();
  }

  @Test
  void theTextNamesEverySection() {
    CommandLineRun run = explain("--rollout", 0, "--candidate", 0);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Generated again: all 49 stored values are the same.")
        .contains("Draws")
        .contains("Rules, in the order they are asked")
        .contains("PathCollisionRule")
        .contains("Selection");
  }

  @Test
  void thePictureHasItsSizeAndNoEmptyPanel() throws IOException {
    for (int candidate : new int[] {aCandidate("Valid, gain "), aCandidate("Rejected: ")}) {
      Path file = folder.resolve("pictures/why-" + candidate + ".png");
      CommandLineRun run = explain("--rollout", 0, "--candidate", candidate, "--picture", file);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).contains("Drew candidate " + candidate + " into " + file);
      BufferedImage picture = ImageIO.read(file.toFile());
      assertThat(picture.getWidth()).isEqualTo(CandidatePicture.WIDTH);
      assertThat(picture.getHeight()).isEqualTo(CandidatePicture.HEIGHT);
      assertThat(colours(picture, 28, 142, 360, 360)).as("depth").isGreaterThan(50);
      assertThat(colours(picture, 540, 142, 490, 690)).as("top view").isGreaterThan(10);
      assertThat(colours(picture, 1090, 142, 490, 690)).as("side view").isGreaterThan(10);
      assertThat(Files.size(file)).isLessThan(400_000);
    }
  }

  private static int aCandidate(String verdict) {
    for (int candidate = 0; candidate < 10; candidate++) {
      if (explain("--rollout", 0, "--candidate", candidate).out().startsWith(verdict)) {
        return candidate;
      }
    }
    throw new AssertionError("No candidate of the first step says " + verdict);
  }

  private static long colours(BufferedImage picture, int x, int y, int width, int height) {
    return Arrays.stream(picture.getRGB(x, y, width, height, null, 0, width)).distinct().count();
  }

  @Test
  void jsonHasTheSameContent() {
    CommandLineRun run = explain("--rollout", 0, "--candidate", 0, "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Map<String, Object> report = JsonParser.parseObject(run.out(), "explain");
    assertThat(report)
        .containsKeys(
            "sentence", "candidate", "pose", "draws", "rules", "reason", "view", "selection")
        .containsEntry("differences", List.of());
  }

  @Test
  void theListIsSortedByGain() {
    CommandLineRun run = explain("--rollout", 0, "--list");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(2 + 10).allMatch(line -> line.length() < 100);
    assertThat(run.out()).containsOnlyOnce("chosen");
    Map<String, Object> report =
        JsonParser.parseObject(explain("--rollout", 0, "--list", "--json").out(), "explain");
    List<Double> gains =
        ((List<?>) report.get("candidates"))
            .stream()
                .map(row -> (Double) ((Map<?, ?>) row).get("target_root_gain"))
                .filter(gain -> gain != null)
                .toList();
    assertThat(gains).isSortedAccordingTo((a, b) -> Double.compare(b, a)).isNotEmpty();
  }

  @Test
  void aMovedSourceIsNamed() throws IOException {
    Path elsewhere = shared.resolve("moved");
    Files.move(source, elsewhere);
    try {
      CommandLineRun lost = explain("--rollout", 0, "--candidate", 0);
      assertThat(lost.exitCode()).isEqualTo(3);
      assertThat(lost.err()).contains("Name its folder with --source");
      assertThat(explain("--rollout", 0, "--candidate", 0, "--source", elsewhere).exitCode())
          .isZero();
    } finally {
      Files.move(elsewhere, source);
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertRefused(
        explain("--rollout", 99, "--candidate", 0),
        "Cannot find rollout: the store has none of this id or row (rollout=99, rollouts=");
    assertRefused(
        explain("--rollout", 0, "--step", 2, "--candidate", 0),
        "Cannot find step: the rollout has no such step (step=2, expected 0 to 1, rollout=");
    assertRefused(
        explain("--rollout", 0, "--candidate", 10),
        "Cannot find candidate: the step has no such shell index (candidate=10, expected 0 to 9,"
            + " step=0, rollout=");
    assertRefused(
        CommandLineRun.of("explain", "--store", folder, "--rollout", 0, "--list"),
        "Cannot open store: no store is here (");
    assertRefused(
        explain("--rollout", 0, "--candidate", 0, "--picture", folder),
        "Cannot use picture: a folder stands there (expected a file, file=" + folder + ")");
  }

  @Test
  void picturesNeitherReplaceOtherFilesNorChangeAStore() throws IOException {
    Path table = Files.writeString(folder.resolve("table.csv"), "kept");
    assertRefused(
        explain("--rollout", 0, "--candidate", 0, "--picture", table),
        "Cannot use picture: its name does not end in .png (file=" + table + ")");
    assertThat(table).hasContent("kept");

    Path inside = store.resolve("candidates/why.png");
    assertRefused(
        explain("--rollout", 0, "--candidate", 0, "--picture", inside),
        "Cannot use picture: it would lie in a store, and stores are never changed (file="
            + inside
            + ", store="
            + store.resolve("candidates")
            + ")");
    assertThat(inside).doesNotExist();
  }

  @Test
  void oneCandidateOrTheListMustBeAskedFor() {
    CommandLineRun neither = explain("--rollout", 0);
    assertThat(neither.exitCode()).isEqualTo(64);
    assertThat(neither.err())
        .startsWith("Invalid arguments: expected either --candidate or --list");
    CommandLineRun both = explain("--rollout", 0, "--list", "--picture", folder.resolve("why.png"));
    assertThat(both.exitCode()).isEqualTo(64);
    assertThat(both.err()).startsWith("Invalid arguments: --picture needs --candidate");
  }

  private static void assertRefused(CommandLineRun run, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).startsWith(message);
  }

  private static CommandLineRun explain(Object... arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "explain";
    all[1] = "--store";
    all[2] = store;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return CommandLineRun.of(all);
  }
}
