package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.FaultInjectingStoreIO;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardManifest;

class TestCampaignRoot {
  private static final StoreIO IO = new LocalStoreIO(Durability.BUFFERED);
  private static final ShardManifest MANIFEST =
      ShardManifest.of("m.jsonl", List.of(ManifestFixtures.entryE()));

  @TempDir private Path folder;

  @Test
  void openingLeavesThePlanAndNothingElse() throws IOException {
    Path root = folder.resolve("a b");
    open(root, "campaign-1");
    open(root, "campaign-1");
    assertThat(names(root)).containsExactly("_attempts", "campaign.json", "shards.jsonl");
    assertThat(Files.readAllBytes(root.resolve("shards.jsonl"))).isEqualTo(MANIFEST.toBytes());
  }

  @Test
  void repliesThatAreLostWhileItIsOpenedDoNotCondemnTheStorage() throws IOException {
    StoreIO lossy = new LossyIO(IO);
    CampaignLayout layout = CampaignLayout.of(StoreLocation.of(folder));
    new CampaignRoot(layout, lossy, new PointerPublisher(Durability.BUFFERED))
        .open(header("campaign-1"), TestCampaignRoot::writePlan, "probe");
    assertThat(names(folder)).contains("campaign.json", "shards.jsonl");
  }

  @Test
  void aFolderThatIsNotOursIsRefusedAndNotTouched() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "precious");
    assertThatThrownBy(() -> open(folder, "campaign-1"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot use output folder: it holds files of something else (final_root="
                + folder
                + ", found=[thesis.tex]); choose an empty or new folder");
    assertThat(names(folder)).containsExactly("thesis.tex");
  }

  @Test
  void anotherCampaignIsRefused() throws IOException {
    open(folder, "campaign-1");
    assertThatThrownBy(() -> open(folder, "campaign-2"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot use output folder: it belongs to another campaign (file="
                + folder
                + "/campaign.json, expected=campaign-2, found=campaign-1); choose a new folder");
  }

  @Test
  void aFileAndAnUnreadableHeaderAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> open(file, "campaign-1"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Cannot use output folder: it is a file (final_root=" + file + ")");
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.writeString(root.resolve("campaign.json"), "{");
    assertThatThrownBy(() -> open(root, "campaign-1"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot use output folder: its campaign header is unreadable (file="
                + root
                + "/campaign.json)");
  }

  @Test
  void aFolderThatCannotBeWrittenIsAFailureOfTheEnvironment() {
    StoreLocation root = StoreLocation.of(folder.resolve("x"));
    FaultPlan plan = FaultPlan.atFirst(FaultPlan.Kind.FAIL_BEFORE, "createIfAbsent ");
    CampaignRoot campaign =
        new CampaignRoot(
            CampaignLayout.of(root),
            new FaultInjectingStoreIO(IO, plan),
            new RenamePublisher(Durability.BUFFERED));
    assertThatThrownBy(() -> campaign.open(header("campaign-1"), TestCampaignRoot::writePlan, "p1"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("Cannot write to output folder: injected failure")
        .hasMessageEndingWith("(folder=" + root + ")");
  }

  @Test
  void row30AttemptsOnAnotherFileSystemAreRefused() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)),
        "needs a second file system at /dev/shm");
    Path attempts = Files.createTempDirectory(memory, "attempts");
    try {
      CampaignLayout layout =
          new CampaignLayout(StoreLocation.of(folder.resolve("final")), StoreLocation.of(attempts));
      CampaignRoot root = new CampaignRoot(layout, IO, new RenamePublisher(Durability.BUFFERED));
      assertThatThrownBy(() -> root.open(header("campaign-1"), TestCampaignRoot::writePlan, "p1"))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageStartingWith(
              "Cannot use attempts folder: it is on another file system than the output folder"
                  + " (attempts_root="
                  + attempts);
      assertThat(folder.resolve("final/campaign.json")).doesNotExist();
    } finally {
      IO.delete(StoreLocation.of(attempts));
    }
  }

  private static void open(Path root, String campaignId) {
    new CampaignRoot(
            CampaignLayout.of(StoreLocation.of(root)), IO, new RenamePublisher(Durability.BUFFERED))
        .open(header(campaignId), TestCampaignRoot::writePlan, "p1");
  }

  private static void writePlan(OutputStream out) throws IOException {
    out.write(MANIFEST.toBytes());
  }

  private static CampaignHeader header(String campaignId) {
    return new CampaignHeader(
        campaignId,
        "2026-05-15T12:30:45Z",
        ManifestFixtures.planOf(MANIFEST, 2, ShardGrouping.NONE, "by scene"),
        "vin-store",
        Map.of(),
        "0.1.0");
  }

  private static List<String> names(Path root) throws IOException {
    return IO.list(StoreLocation.of(root)).entries().stream().map(entry -> entry.name()).toList();
  }
}
