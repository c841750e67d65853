package org.nbvrollouts.store.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TestDraft {
  @TempDir Path folder;

  /** Fills a draft without end, in folders that come again when they are deleted. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      StorePacker.converting(
          Path.of(arguments[0]),
          draft -> {
            for (long file = 0; ; file++) {
              Path parent = Files.createDirectories(draft.resolve("folder-" + file % 7));
              Files.writeString(parent.resolve("file-" + file), "x");
              if (file == 100) {
                System.out.println("writing");
              }
            }
          });
    }
  }

  @Test
  void aSignalLeavesNothingOfADraft() throws Exception {
    Path out = folder.resolve("packed/shard-000000");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                out.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = writer.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("writing");
      assertThat(left()).hasSize(1);
      writer.destroy();
      writer.waitFor();
    } finally {
      writer.destroyForcibly();
    }
    assertThat(left()).isEmpty();
  }

  private String[] left() throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve("packed"))) {
      return found.map(path -> path.getFileName().toString()).toArray(String[]::new);
    }
  }
}
