package org.nbvrollouts.jobs.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What this process takes and holds, as far as JVM and system tell. */
final class ProcessResources {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";
  private static final String PEAK = "VmHWM:";
  private static final long BYTES_PER_KIB = 1024;

  private ProcessResources() {}

  /** Forgets peaks; the resident one only where the system lets a process do so. */
  static void resetPeaks() {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    try {
      Files.writeString(CLEAR, RESET_PEAK, StandardCharsets.US_ASCII);
    } catch (IOException cannotReset) {
      // The peak is then that since the start of the process, which points in ascending order hide.
    }
  }

  /** Sum of the peaks of all heap pools, bytes: an upper bound of the most used at one time. */
  static long peakHeap() {
    return heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  /** Processor time of all threads so far; 0 if this JVM does not count. */
  static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime())
        : 0;
  }

  /** Most resident memory, bytes; empty where there is no {@code /proc}. */
  static OptionalLong peakResident() {
    try {
      return Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> BYTES_PER_KIB * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException absent) {
      return OptionalLong.empty();
    }
  }

  /** Bytes that all threads now alive have ever allocated; empty if this JVM does not count. */
  static OptionalLong allocated() {
    if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
        || !threads.isThreadAllocatedMemorySupported()
        || !threads.isThreadAllocatedMemoryEnabled()) {
      return OptionalLong.empty();
    }
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return OptionalLong.of(sum);
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
