package org.nbvrollouts.store.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.error.RefusedInputException;
import org.slf4j.Logger;

class TestStorageOptions {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs.s3a.access.key",
        "fs.s3a.secret.key",
        "fs.s3a.session.token",
        "fs.s3a.bucket.b.secret.key",
        "fs.s3a.encryption.key",
        "fs.s3a.proxy.password",
        "fs.azure.account.key",
        "dfs.client.secret",
        "hadoop.security.credential.provider.path",
        "spark.anything"
      })
  void whatMayHoldASecretNeverTravels(String name) {
    assertThatThrownBy(
            () -> new StorageOptions(Durability.FORCED, RetryPolicy.DEFAULT, Map.of(name, "x")))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot use storage setting: it may not travel with tasks (name="
                + name
                + "). Put it into core-site.xml, and credentials where Hadoop's providers look");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs.s3a.endpoint",
        "fs.s3a.bucket.some-bucket.endpoint.region",
        "fs.s3a.aws.credentials.provider",
        "dfs.client.failover.proxy.provider.ns",
        "dfs.namenode.rpc-address.ns.nn1"
      })
  void namesOfPlacesTravel(String name) {
    assertThat(new StorageOptions(Durability.FORCED, RetryPolicy.DEFAULT, Map.of(name, "x")))
        .extracting(StorageOptions::settings)
        .isEqualTo(Map.of(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://u:hidden@b/c",
        "s3a://u:hid/hidden@b/c",
        "s3a:/u:hidden@b",
        "S3A://:hidden@b"
      })
  void aLocationWithAPasswordIsRefusedAndNotRepeated(String address) {
    assertThatThrownBy(() -> StorageOptions.DEFAULT.open(new StoreLocation(address)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot use location: it carries a user and a password")
        .hasMessageNotContaining("hidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://bucket/a:b@c",
        "hdfs://host:8020/a@b",
        "hdfs://user@host:8020/a",
        "hdfs://host:8020",
        "/a:b@c",
        "C:/a:b@c"
      })
  void addressesWithoutAPasswordAreTold(String address) {
    assertThat(AddressSecrets.areIn(address)).isFalse();
  }

  @Test
  void aSchemeWithOneSlashIsRefused() {
    assertThatThrownBy(() -> StorageOptions.DEFAULT.open(new StoreLocation("s3a:/b/c")))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot use location: its scheme is not followed by two slashes (expected for example"
                + " s3a://bucket/folder, location=s3a:/b/c)");
  }

  @Test
  void anUnknownSchemeIsRefused() {
    assertThatThrownBy(() -> StorageOptions.DEFAULT.open(new StoreLocation("ftpx://b/c")))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith(
            "Cannot use location: nothing on the class path serves ftpx (location=ftpx://b/c)");
  }

  @Test
  void localPathsNeedNoClassOfHadoop(@TempDir Path folder) throws Exception {
    URL[] ours = {codeOf(StorageOptions.class), codeOf(Logger.class)};
    try (URLClassLoader alone = new URLClassLoader(ours, ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> alone.loadClass("org.apache.hadoop.conf.Configuration"))
          .isInstanceOf(ClassNotFoundException.class);
      Class<?> location = alone.loadClass(StoreLocation.class.getName());
      Object file =
          location.getConstructor(String.class).newInstance("file://" + folder.resolve("a/marker"));
      Class<?> options = alone.loadClass(StorageOptions.class.getName());
      Object defaults = options.getField("DEFAULT").get(null);
      Object io = options.getMethod("open", location).invoke(defaults, file);
      Object creation =
          alone
              .loadClass(StoreIO.class.getName())
              .getMethod("createIfAbsent", location, byte[].class)
              .invoke(io, file, new byte[] {1});
      assertThat(creation).hasToString("CREATED");
    }
    assertThat(Files.readAllBytes(folder.resolve("a/marker"))).containsExactly(1);
  }

  private static URL codeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
