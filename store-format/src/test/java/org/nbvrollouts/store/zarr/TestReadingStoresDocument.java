package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.rollout.WorkedExample;

/** The Java program of {@code docs/reading-stores.md}, compiled and run on the worked example. */
class TestReadingStoresDocument {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path temporary;

  @Test
  void theProgramPrintsWhatTheDocumentSays() throws Exception {
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("..", "docs", "reading-stores.md")));
    assertThat(program.find()).isTrue();
    for (StoreLayout layout : StoreLayout.values()) {
      Path store = temporary.resolve(layout.text());
      new RolloutZarrStoreWriter(WorkedExample.config())
          .write(store, layout, WorkedExample.records(), WorkedExample.context());

      assertThat(printed(compiled(program.group(1)), store)).isEqualTo(program.group(2));
    }
  }

  private Path compiled(String source) throws IOException {
    Path classes = Files.createDirectories(temporary.resolve("classes"));
    Path file = Files.writeString(temporary.resolve("ReadStore.java"), source);
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                messages,
                messages,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(status).as(messages.toString(StandardCharsets.UTF_8)).isZero();
    return classes;
  }

  private String printed(Path classes, Path store) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Method main = loader.loadClass("ReadStore").getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      main.invoke(null, (Object) new String[] {store.toString()});
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
