package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole sweep on a local disk. */
class TestCrashSweep {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void whereverAnAttemptBreaksTheNextOneLeavesOneCommit(PublishForm form) throws IOException {
    System.out.println(new CrashSweep(CommitStorage.local(folder), form, 1).run());
  }
}
