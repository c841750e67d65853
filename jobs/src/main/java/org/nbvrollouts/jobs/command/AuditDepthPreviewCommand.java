package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.jobs.picture.DepthPreviewPicture;
import org.nbvrollouts.store.audit.DepthAudit;
import org.nbvrollouts.store.audit.SelectedDepthPreview;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "depth-preview",
    description = "A coarse copy of the depth image of one step: its facts, or all its pixels.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts audit depth-preview --store campaign/stores/shard-000007 --step 12 \\",
      "      --picture step.png",
      "  nbv-rollouts audit depth-preview --store campaign/stores/shard-000007 --step 12 --json"
    })
final class AuditDepthPreviewCommand implements Callable<Integer> {
  private final Console console;

  @Mixin StoreOption store;

  @Option(names = "--step", paramLabel = "ROW", required = true, description = "The step row")
  long step;

  @Option(
      names = "--max-size",
      paramLabel = "PX",
      defaultValue = "" + DepthAudit.DEFAULT_PREVIEW_SIZE,
      description = "Longest side. Default: ${DEFAULT-VALUE}")
  int maxSize;

  @Option(names = "--json", description = "Print as JSON with depth and mask of every pixel")
  boolean json;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Draw it into this PNG file: near is bright, not measured is transparent")
  Path picture;

  AuditDepthPreviewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (picture != null) {
      Paths.refuseAsPicture("picture", picture);
    }
    try (RolloutZarrStoreReader reader = RemoteStores.reader(store.one())) {
      SelectedDepthPreview preview = DepthAudit.selectedDepthPreview(reader, step, maxSize);
      if (json) {
        console.print(CanonicalJson.compact(preview.toJson()));
      } else {
        new AuditPrinter(console).facts(preview.summary());
      }
      if (picture != null) {
        draw(preview);
      }
    }
    return ExitCode.OK;
  }

  private void draw(SelectedDepthPreview preview) {
    if (!preview.isAvailable()) {
      throw new InvalidContentException(
          "Cannot draw depth image: %s (step=%d, store=%s)"
              .formatted(preview.warning(), step, store.location()));
    }
    DepthPreviewPicture.write(preview, picture);
    console.note(
        "Drew %d x %d pixels into %s".formatted(preview.width(), preview.height(), picture));
  }
}
