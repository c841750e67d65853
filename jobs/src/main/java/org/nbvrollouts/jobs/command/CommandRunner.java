package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.jobs.provenance.BuildInfo;
import org.nbvrollouts.store.error.ErrorCode;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.StorageReason;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** Runs one command line and turns every failure into one message and an exit code. */
public final class CommandRunner {
  private static final String DEBUG = "--debug";

  private CommandRunner() {}

  /**
   * Runs a command line.
   *
   * @return the exit code (specification campaign 10.2)
   */
  public static int run(Console console, String... arguments) {
    if (List.of(arguments).contains(DEBUG)) {
      // Read by the logging configuration, which is loaded by the first class that logs.
      System.setProperty("nbv.log.level", "debug");
      System.setProperty("nbv.log.trace", "full");
    }
    CommandLine line = new CommandLine(new Root(), new CommandFactory(console));
    line.registerConverter(Path.class, Paths::typed);
    line.setOut(console.outWriter());
    line.setErr(console.errWriter());
    line.setUsageHelpAutoWidth(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((failure, args) -> usage(console, failure));
    line.setExecutionExceptionHandler(
        (failure, command, result) -> failed(console, failure, List.of(arguments)));
    int status;
    try {
      status = line.execute(arguments);
    } catch (StackOverflowError | OutOfMemoryError broken) {
      status = failed(console, broken, List.of(arguments));
    }
    return withOutput(console, status);
  }

  /** A result that nobody can read is no success. */
  private static int withOutput(Console console, int status) {
    Optional<IOException> loss = console.lostOutput();
    if (loss.isEmpty()) {
      return status;
    }
    console.note("Cannot write to the standard output: " + StorageReason.of(loss.get()));
    return status == ExitCode.OK || status == ExitCode.UNFINISHED
        ? ErrorCode.ENVIRONMENT.exitStatus()
        : status;
  }

  private static int usage(Console console, ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    console.note(sentence(failure.getMessage()));
    console.note("'" + command + " --help' lists the options");
    return ExitCode.USAGE;
  }

  private static int failed(Console console, Throwable failure, List<String> arguments) {
    boolean debug = arguments.contains(DEBUG);
    int code = ExitCode.INTERNAL;
    if (failure instanceof NbvException known) {
      console.note(known.getMessage());
      code = known.code().exitStatus();
    } else if (failure instanceof OutOfMemoryError) {
      console.note(
          "Cannot go on: no memory is left ("
              + failure.getMessage()
              + "). Give the"
              + " program more, for example NBV_JAVA_OPTS=-Xmx8g");
      code = ErrorCode.ENVIRONMENT.exitStatus();
    } else if (storage(failure).isPresent()) {
      console.note("Cannot use storage: " + storage(failure).get());
      code = ErrorCode.ENVIRONMENT.exitStatus();
    } else {
      console.note("Internal error: " + failure);
      if (!debug) {
        console.note("Add " + DEBUG + " for where it happened");
      }
    }
    if (debug) {
      console.trace(failure);
    }
    return code;
  }

  /** What the file system said, if it was the file system that failed. */
  private static Optional<String> storage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileSystemException known) {
        return Optional.of(StorageReason.withFile(known));
      }
    }
    return Optional.empty();
  }

  private static String sentence(String message) {
    return Character.toUpperCase(message.charAt(0)) + message.substring(1);
  }

  @Command(
      name = "nbv-rollouts",
      mixinStandardHelpOptions = true,
      scope = ScopeType.INHERIT,
      versionProvider = Version.class,
      sortOptions = false,
      usageHelpWidth = 100,
      synopsisSubcommandLabel = "COMMAND",
      description = "Training data for next-best-view planning, generated on Apache Spark.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:done",
        "1:a mistake of the program",
        "2:unfinished shards",
        "3:refused input, drift or tampering",
        "4:two attempts produced different data",
        "5:content is invalid",
        "6:a gate says no",
        "64:the command line is wrong",
        "75:storage or environment failed; another try may succeed"
      },
      subcommands = {
        DemoCommand.class,
        SourceCommand.class,
        PlanCommand.class,
        RunCommand.class,
        BuildCommand.class,
        BenchmarkCommand.class,
        ProbeCommand.class,
        StatusCommand.class,
        GcCommand.class,
        RetireCommand.class,
        InfoCommand.class,
        StoreCommand.class,
        ExplainCommand.class,
        AuditCommand.class
      })
  static final class Root implements Runnable {
    @CommandLine.Option(
        names = DEBUG,
        scope = ScopeType.INHERIT,
        description = "Show where an error happened")
    boolean debug;

    @CommandLine.Spec CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(),
          "Missing command (expected demo, source, plan, run, build, benchmark, probe, status, gc,"
              + " retire, info, store, explain or audit)");
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"nbv-rollouts " + BuildInfo.current().words()};
    }
  }

  /** Gives commands the console they talk to. */
  private record CommandFactory(Console console) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.getDeclaredConstructor(Console.class).newInstance(console);
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }
}
