package org.nbvrollouts.jobs.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class TestBuildInfo {
  @Test
  void thisBuildKnowsItsVersions() {
    BuildInfo build = BuildInfo.current();
    assertThat(build.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(build.spark()).matches("[0-9.]+");
    assertThat(build.runtime()).containsKeys("product", "build_commit", "java", "os", "spark");
  }

  @Test
  void whatTheBuildDidNotKnowIsUnknownAndNotReproducible() {
    Properties properties = new Properties();
    properties.setProperty("version", "1.2.3");
    properties.setProperty("commit", "${git.commit.id}");
    BuildInfo build = BuildInfo.from(properties);
    assertThat(build.commit()).isEqualTo(BuildInfo.UNKNOWN);
    assertThat(build.isReproducible()).isFalse();
    assertThat(build.words()).isEqualTo("1.2.3 (commit unknown)");
  }

  @Test
  void aChangedTreeIsSaid() {
    Properties properties = new Properties();
    properties.setProperty("version", "1.2.3");
    properties.setProperty("commit", "0123456789abcdef0123456789abcdef01234567");
    properties.setProperty("dirty", "true");
    BuildInfo build = BuildInfo.from(properties);
    assertThat(build.isReproducible()).isFalse();
    assertThat(build.words()).isEqualTo("1.2.3 (commit 0123456789ab, with changes)");
  }
}
