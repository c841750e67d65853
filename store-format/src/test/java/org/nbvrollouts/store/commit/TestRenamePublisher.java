package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;

class TestRenamePublisher {
  private final Publisher publisher = new RenamePublisher(Durability.FORCED);
  @TempDir private Path folder;
  private Path store;
  private Path target;

  @BeforeEach
  void writeStore() throws IOException {
    store = folder.resolve("attempt/store");
    target = folder.resolve("final/shard-000000");
    Files.createDirectories(store.resolve("steps"));
    Files.writeString(store.resolve("steps/c"), "data");
  }

  @Test
  void aStoreAppearsAtItsPlaceAsAWhole() throws IOException {
    publisher.makeDurable(StoreLocation.of(store));
    assertThat(publish()).isEqualTo(Publisher.Publication.PUBLISHED);
    assertThat(target.resolve("steps/c")).hasContent("data");
    assertThat(store).doesNotExist();
  }

  @Test
  void aTakenPlaceIsRefusedWhateverStandsThere() throws IOException {
    Files.createDirectories(target);
    Files.writeString(target.resolve("other"), "1");
    assertThat(publish()).isEqualTo(Publisher.Publication.TARGET_EXISTS);
    assertThat(target.resolve("other")).hasContent("1");
    Files.delete(target.resolve("other"));
    Files.delete(target);
    Files.writeString(target, "a file");
    assertThat(publish()).isEqualTo(Publisher.Publication.TARGET_EXISTS);
    assertThat(target).hasContent("a file");
    assertThat(store.resolve("steps/c")).hasContent("data");
  }

  @Test
  void anEmptyFolderIsReplaced() throws IOException {
    Files.createDirectories(target);
    assertThat(publish()).isEqualTo(Publisher.Publication.PUBLISHED);
  }

  @Test
  void anAbsentStoreIsAnError() {
    assertThatThrownBy(
            () ->
                publisher.publish(
                    StoreLocation.of(folder.resolve("absent")), StoreLocation.of(target)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void onlyEmptyFoldersOfAttemptsArePruned() throws IOException {
    LocalStoreIO io = new LocalStoreIO(Durability.BUFFERED);
    CampaignLayout layout = CampaignLayout.of(StoreLocation.of(folder.resolve("final")));
    Path attempts = layout.attemptsOf("shard-000000").localPath();
    Files.createDirectories(attempts.resolve("a1-0123456789ab"));
    publisher.prune(io, layout, "shard-000000");
    assertThat(attempts.resolve("a1-0123456789ab")).exists();
    Files.delete(attempts.resolve("a1-0123456789ab"));
    publisher.prune(io, layout, "shard-000000");
    assertThat(layout.attemptsRoot().localPath()).doesNotExist();
  }

  private Publisher.Publication publish() throws IOException {
    return publisher.publish(StoreLocation.of(store), StoreLocation.of(target));
  }
}
