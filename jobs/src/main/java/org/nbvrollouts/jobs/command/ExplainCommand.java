package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.explain.CandidateCase;
import org.nbvrollouts.jobs.explain.CandidateExplanations;
import org.nbvrollouts.jobs.explain.CandidateReport;
import org.nbvrollouts.jobs.explain.CandidateReportText;
import org.nbvrollouts.jobs.explain.StepListing;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.jobs.origin.StoreOrigin;
import org.nbvrollouts.jobs.origin.StoredChain;
import org.nbvrollouts.jobs.origin.StoredChains;
import org.nbvrollouts.jobs.picture.CandidatePicture;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "explain",
    description =
        "Say why a stored candidate has its reason or its score: its draws, what every rule"
            + " measured, and what its view does to the error, generated again beside what is"
            + " stored.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts explain --store campaign/stores/shard-000007 --rollout 0 --step 0 --list",
      "  nbv-rollouts explain --store campaign/stores/shard-000007 --rollout 0 --step 0 \\%n"
          + "      --candidate 17 --picture why.png"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Mixin StoreOption store;

  @Option(
      names = "--rollout",
      paramLabel = "ID",
      required = true,
      description = "Text id of the rollout, or its row in the store")
  String rollout;

  @Option(
      names = "--step",
      paramLabel = "K",
      defaultValue = "0",
      description = "Step of the rollout; the first is 0, which is the default")
  int step;

  @Option(
      names = "--candidate",
      paramLabel = "INDEX",
      description = "Shell index of the candidate, from 0")
  Integer candidate;

  @Option(
      names = "--list",
      description =
          "List the candidates of the step as stored, best gain first, instead of explaining one."
              + " Nothing is generated again, and the source is not needed")
  boolean list;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description =
          "Draw what the candidate sees, and the move from above and from the side, as PNG")
  Path picture;

  @Option(names = "--json", description = "Print as JSON; numbers that are not finite are null")
  boolean json;

  @Option(
      names = "--source",
      paramLabel = "DIR",
      description = "The source, if it is not where the store says")
  Path source;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (list == (candidate != null)) {
      throw new UsageException("Invalid arguments: expected either --candidate or --list");
    }
    if (list && picture != null) {
      throw new UsageException("Invalid arguments: --picture needs --candidate");
    }
    StoreLocation folder = store.one();
    if (picture != null) {
      Paths.refuseAsPicture("picture", picture);
    }
    try (RolloutZarrStoreReader reader = RemoteStores.reader(folder)) {
      return list ? list(new StoredChains(reader)) : explain(reader);
    }
  }

  private int list(StoredChains chains) {
    StoredChain chain = chains.chain(chains.rowOf(rollout));
    CandidateExplanations.requireStep(chain, step);
    StepListing listing = new StepListing(chain.steps().get(step));
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("rollout", chain.id());
      report.put("step", step);
      report.put("candidates", listing.toJson());
      console.print(CanonicalJson.pretty(report));
    } else {
      console.print("Rollout " + chain.id() + ", step " + step + ", as stored");
      listing.lines().forEach(console::print);
    }
    return ExitCode.OK;
  }

  private int explain(RolloutZarrStoreReader reader) {
    StoreOrigin.Overrides overrides =
        new StoreOrigin.Overrides(Optional.empty(), Optional.ofNullable(source));
    try (StoreOrigin origin = StoreOrigin.open(reader, overrides)) {
      StoredChain chain = origin.chain(origin.rowOf(rollout));
      CandidateExplanations.requireStep(chain, step);
      return explain(origin, chain);
    }
  }

  private int explain(StoreOrigin origin, StoredChain chain) {
    CandidateExplanations.requireCandidate(chain, step, candidate);
    CandidateCase found = CandidateExplanations.of(origin, chain, step).candidate(candidate);
    CandidateReport report = CandidateReport.of(found);
    if (json) {
      console.print(CanonicalJson.pretty(report.toJson()));
    } else {
      CandidateReportText.lines(report).forEach(console::print);
    }
    if (picture != null) {
      CandidatePicture.write(found, report, picture);
      console.note("Drew candidate " + candidate + " into " + picture);
    }
    return report.differences().isEmpty() ? ExitCode.OK : ExitCode.INVALID;
  }
}
