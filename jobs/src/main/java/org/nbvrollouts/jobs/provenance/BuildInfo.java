package org.nbvrollouts.jobs.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The build this program comes from, baked in when it was compiled; nothing here runs git.
 *
 * @param version product version
 * @param commit 40 hex digits, or {@code unknown} for a build outside a repository
 * @param dirty {@code true}, {@code false} or {@code unknown}: the tree had changes of its own
 * @param spark version compiled against
 * @param scala binary version compiled against
 * @param hadoop version compiled against
 */
public record BuildInfo(
    String version, String commit, String dirty, String spark, String scala, String hadoop) {
  /** A fact the build did not know. */
  public static final String UNKNOWN = "unknown";

  private static final int SHORT_COMMIT = 12;

  /** The build of this class. */
  public static BuildInfo current() {
    return Holder.CURRENT;
  }

  /** True if the commit is known and describes everything that was compiled. */
  public boolean isReproducible() {
    return !commit.equals(UNKNOWN) && dirty.equals("false");
  }

  /** One line for people: version, short commit, whether the tree had changes. */
  public String words() {
    String shown = commit.equals(UNKNOWN) ? UNKNOWN : commit.substring(0, SHORT_COMMIT);
    return version + " (commit " + shown + (dirty.equals("true") ? ", with changes" : "") + ")";
  }

  /** Versions of the build and of this JVM as text values; no host, path or user. */
  public Map<String, Object> runtime() {
    Map<String, Object> runtime = new LinkedHashMap<>();
    runtime.put("product", version);
    runtime.put("build_commit", commit);
    runtime.put("build_dirty", dirty);
    runtime.put("java", System.getProperty("java.version"));
    runtime.put("java_vendor", System.getProperty("java.vendor"));
    runtime.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    runtime.put("spark", spark);
    runtime.put("scala", scala);
    runtime.put("hadoop", hadoop);
    return runtime;
  }

  static BuildInfo from(Properties properties) {
    return new BuildInfo(
        known(properties, "version"),
        known(properties, "commit"),
        known(properties, "dirty"),
        known(properties, "spark"),
        known(properties, "scala"),
        known(properties, "hadoop"));
  }

  private static String known(Properties properties, String name) {
    String value = properties.getProperty(name, "");
    return value.isBlank() || value.startsWith("${") ? UNKNOWN : value;
  }

  private static final class Holder {
    static final BuildInfo CURRENT = load();

    private static BuildInfo load() {
      Properties properties = new Properties();
      try (InputStream stream = BuildInfo.class.getResourceAsStream("build.properties")) {
        if (stream != null) {
          properties.load(stream);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read build.properties", e);
      }
      return from(properties);
    }
  }
}
