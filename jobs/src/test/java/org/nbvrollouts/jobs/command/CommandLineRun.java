package org.nbvrollouts.jobs.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One command line run in this JVM.
 *
 * @param exitCode what a shell would see
 * @param out standard output
 * @param err standard error
 */
public record CommandLineRun(int exitCode, String out, String err) {
  public static CommandLineRun plan(Path config, Path source, Path manifest, int rowsPerShard) {
    return of(
        "plan",
        "--config",
        config,
        "--source",
        source,
        "--output-manifest",
        manifest,
        "--rows-per-shard",
        rowsPerShard);
  }

  /** A build of one shard with more flags, each before its value. */
  public static CommandLineRun build(
      Path config, Path manifest, Object finalRoot, int shard, Object... more) {
    return with(
        more,
        "build",
        "--config",
        config,
        "--shard-manifest",
        manifest,
        "--final-root",
        finalRoot,
        "--shard-id",
        shard);
  }

  /** A run with more flags, each before its value. */
  public static CommandLineRun run(Path config, Path manifest, Object finalRoot, Object... more) {
    return with(
        more, "run", "--config", config, "--shard-manifest", manifest, "--final-root", finalRoot);
  }

  /** The status of a campaign that should be complete, as JSON. */
  public static CommandLineRun status(Path manifest, Object finalRoot, String verify) {
    return of(
        "status",
        "--shard-manifest",
        manifest,
        "--final-root",
        finalRoot,
        "--verify",
        verify,
        "--require-complete",
        "--json");
  }

  private static CommandLineRun with(Object[] more, Object... arguments) {
    return of(Stream.of(arguments, more).flatMap(Stream::of).toArray());
  }

  public static CommandLineRun of(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      texts[i] = String.valueOf(arguments[i]);
    }
    int code =
        CommandRunner.run(
            Console.of(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            texts);
    return new CommandLineRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
