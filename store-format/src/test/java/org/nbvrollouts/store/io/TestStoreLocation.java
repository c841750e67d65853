package org.nbvrollouts.store.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestStoreLocation {

  @Test
  void textIsKeptAsGivenWithoutTrailingSlashes() {
    assertThat(new StoreLocation("final//").text()).isEqualTo("final");
    assertThat(new StoreLocation("final").child("shard-000000/a").text())
        .isEqualTo("final/shard-000000/a");
    assertThat(new StoreLocation("/").child("a").text()).isEqualTo("/a");
    assertThat(new StoreLocation("s3a://b/c").child("d").name()).isEqualTo("d");
  }

  @Test
  void plainPathsAndFileUrisAreLocal() {
    assertThat(new StoreLocation("/a b/c").localPath()).isEqualTo(Path.of("/a b/c"));
    assertThat(new StoreLocation("file:///a b/c").localPath()).isEqualTo(Path.of("/a b/c"));
    assertThat(new StoreLocation("file:/a/c").localPath()).isEqualTo(Path.of("/a/c"));
    assertThat(new StoreLocation("s3a://b/c").isLocal()).isFalse();
    assertThat(new StoreLocation("hdfs://n:8020/c").isLocal()).isFalse();
    assertThatThrownBy(() -> new StoreLocation("s3a://b/c").localPath())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid local location: s3a://b/c (expected a plain path or a file: URI)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "/a", "a/", "a//b", "a/../b", "a/./b", "a\\b"})
  void noChildLeavesItsFolder(String relative) {
    assertThatThrownBy(() -> new StoreLocation("final").child(relative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid relative path: "
                + relative
                + " (expected names joined by '/', none of them empty, '.' or '..')");
  }

  @Test
  void aBlankLocationIsRefused() {
    assertThatThrownBy(() -> new StoreLocation(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid location:   (expected a path or URI without NUL)");
  }
}
