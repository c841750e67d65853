package org.nbvrollouts.store.damage;

import com.sun.management.ThreadMXBean;
import dev.zarr.zarrjava.ZarrException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * Runs a parser on mutated inputs. It may accept an input or refuse it with one of our exceptions,
 * whose message says something; any other exception, more than a bound of memory, or more than a
 * bound of processor time, is a failure. Inputs that fail are saved.
 */
public final class Fuzzer {
  /** Memory that one input may take beyond a multiple of its length. */
  public static final long MOST_BYTES = 192L << 20;

  private static final long MOST_BYTES_PER_BYTE = 400;
  private static final long MOST_NANOS = 5_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long seed;
  private final Path failures;
  private final Map<String, String> found = new LinkedHashMap<>();
  private int accepted;
  private int refused;
  private long mostBytes;
  private long mostNanos;

  /**
   * @param failures folder for inputs that fail; created if needed
   */
  public Fuzzer(long seed, Path failures) {
    this.seed = seed;
    this.failures = failures;
  }

  /** Failures by kind: what happened, and the file with the input. */
  public Map<String, String> found() {
    return found;
  }

  /** Runs so many mutated inputs, after the valid ones. */
  public void run(FuzzTarget target, int cases) throws IOException {
    for (byte[] valid : target.seeds()) {
      Optional<String> problem = problem(target, valid);
      if (problem.isPresent()) {
        save(target, valid, "valid input: " + problem.get());
      }
    }
    InputMutator mutator = new InputMutator(new SplittableRandom(seed ^ target.name().hashCode()));
    for (int i = 0; i < cases; i++) {
      byte[] input = mutator.mutate(target.seeds());
      Optional<String> problem = problem(target, input);
      if (problem.isPresent()) {
        save(target, input, problem.get());
      }
    }
  }

  /** What is wrong with how a parser takes an input, if anything is. */
  public Optional<String> problem(FuzzTarget target, byte[] input) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long nanos = THREADS.getCurrentThreadCpuTime();
    Optional<String> problem = outcome(target, input);
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    bytes = THREADS.getThreadAllocatedBytes(thread) - bytes;
    mostBytes = Math.max(mostBytes, bytes);
    mostNanos = Math.max(mostNanos, nanos);
    if (problem.isEmpty() && bytes > MOST_BYTES + MOST_BYTES_PER_BYTE * input.length) {
      problem = Optional.of("took memory: %d MiB".formatted(bytes >> 20));
    }
    if (problem.isEmpty() && nanos > MOST_NANOS) {
      problem = Optional.of("took time: %d s".formatted(nanos / 1_000_000_000));
    }
    return problem;
  }

  private Optional<String> outcome(FuzzTarget target, byte[] input) {
    try {
      target.parser().parse(input);
      accepted++;
      return Optional.empty();
    } catch (NbvException | ZarrException refusal) {
      refused++;
      String message = String.valueOf(refusal.getMessage());
      return message.isBlank() || message.matches("(?s).*: null( \\((file|array|folder|store)=.*)?")
          ? Optional.of("message says nothing: " + message)
          : Optional.empty();
    } catch (Exception | OutOfMemoryError | StackOverflowError | AssertionError failure) {
      return Optional.of(failure.getClass().getSimpleName() + ": " + place(failure));
    }
  }

  /** Message and the topmost frame of ours, which tells one mistake from another. */
  private static String place(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("org.nbvrollouts")) {
        return "at " + frame + ": " + failure.getMessage();
      }
    }
    return String.valueOf(failure.getMessage());
  }

  private void save(FuzzTarget target, byte[] input, String problem) throws IOException {
    String kind = target.name() + ": " + problem.replaceAll("[0-9]+", "#");
    String key = kind.substring(0, Math.min(kind.length(), 160));
    if (found.containsKey(key)) {
      return;
    }
    Files.createDirectories(failures);
    Path file =
        failures.resolve(target.name() + "-" + CanonicalJson.sha256Hex(input).substring(0, 12));
    Files.write(file, input);
    found.put(key, problem + " (input=" + file + ")");
  }

  /** The numbers so far, on one line. */
  public String report() {
    return "accepted %d, refused %d, failed kinds %d, at most %d MiB and %d ms for one input"
        .formatted(accepted, refused, found.size(), mostBytes >> 20, mostNanos / 1_000_000);
  }
}
