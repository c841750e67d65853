package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * Stores of format version 1 stay readable. They lie in {@code golden/v1}, each folder in one
 * compressed ZIP file, and are never written again: a reader that cannot open one is wrong, and so
 * is a change of what it finds.
 */
class TestGoldenStores {
  private static final String WORKED_EXAMPLE =
      "3062f43e98b125dda11ed3efd3038dd8cb5fffab21f1a15ba013b8529443235d";
  private static final String SEVERAL_ROWS =
      "8c2d902cbc3e5f7f86ce4087c1c0987d228ba513b6e5c01da0228a192dc88cc0";

  @TempDir private Path temporary;

  private Path golden(String name) throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/golden/v1/" + name + ".zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = temporary.resolve(entry.getName());
        Files.createDirectories(path.getParent());
        Files.write(path, zip.readAllBytes());
      }
    }
    return temporary;
  }

  @ParameterizedTest
  @CsvSource({
    "worked-example-directory, " + WORKED_EXAMPLE + ", 0",
    "worked-example-packed, " + WORKED_EXAMPLE + ", 0",
    "several-rows-directory, " + SEVERAL_ROWS + ", 98",
    "several-rows-packed, " + SEVERAL_ROWS + ", 98"
  })
  void everyStoreIsReadValidAndSaysWhatItSaid(String name, String dataSha256, long crops)
      throws IOException {
    try (RolloutZarrStoreReader store = RolloutZarrStoreReader.open(golden(name))) {
      assertThat(StoreSeals.of(store).dataSha256()).isEqualTo(dataSha256);
      assertThat(store.shape("target_eval_crops/crop_row_id")).containsExactly(crops);
      var verdict = RolloutZarrValidator.validateRolloutZarrStore(store);
      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.strictFindings()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "worked-example-packed, c1752c0c0cab31bd0c0cac921dc0c2bed8138ab6f0ed7b399e13a74d3f09e834",
    "several-rows-packed, 9aa97f818d3493f468639531ccf05d42c66b1b46018fac7a9bde4adaf179a90c"
  })
  void archivesAreTheOnesThatWereWritten(String name, String sha256) throws IOException {
    byte[] archive = Files.readAllBytes(golden(name).resolve(StoreLayout.ARCHIVE_NAME));

    assertThat(CanonicalJson.sha256Hex(archive)).isEqualTo(sha256);
  }
}
