package org.nbvrollouts.jobs.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.io.CompressionCodec;
import org.nbvrollouts.store.server.S3Server;

/** Looks for the secret key of the S3 server where none belongs. */
final class SecretSearch {
  private SecretSearch() {}

  static boolean isTold(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1).contains(S3Server.SECRET_KEY);
  }

  /** Whether the command line of a process says it. */
  static boolean isTold(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains(S3Server.SECRET_KEY))
        .isPresent();
  }

  /** Files of a cluster that say it: logs, outputs of executors, event logs. Jars are left out. */
  static List<String> files(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".jar") && isTold(content(file))) {
          found.add(file.toString());
        }
      }
    }
    return found;
  }

  private static byte[] content(Path file) throws IOException {
    if (!file.toString().endsWith(".zstd")) {
      return Files.readAllBytes(file);
    }
    try (InputStream in =
        CompressionCodec.createCodec(new SparkConf(false), "zstd")
            .compressedContinuousInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }
}
