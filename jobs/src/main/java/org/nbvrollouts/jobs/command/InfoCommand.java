package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.summary.StoreSummary;
import org.nbvrollouts.jobs.summary.SummaryText;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "info",
    description = "Say what a store holds, and judge it on request.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts info --store campaign/stores/shard-000007 --validate")
final class InfoCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--store", paramLabel = "DIR", required = true, description = "The store")
  Path store;

  @Option(names = "--validate", description = "Run every check; exit with 5 if one fails")
  boolean validate;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path directory = Paths.existingFolder("store", store);
    StoreSummary summary;
    Map<String, Object> attributes;
    try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(directory)) {
      attributes = reader.rootAttributes();
      summary = StoreSummary.of(reader);
    }
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("store", directory.toString());
      report.put("attributes", attributes);
      report.put("counts", summary.toJson());
      console.print(CanonicalJson.pretty(report));
    } else {
      console.print(directory.toString());
      console.print(
          "  schema " + attributes.get("schema_id") + " " + attributes.get("schema_version"));
      SummaryText.lines(summary).forEach(console::print);
    }
    return ExitCode.OK;
  }
}
