package org.nbvrollouts.store.source.bundle;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files beside the tests of bundles. */
final class BundleResources {
  private BundleResources() {}

  static Path file(String name) {
    try {
      return Path.of(BundleResources.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
