package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StorageOptions;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * What a process needs to look at shards of one campaign. It holds no secret and no open resource.
 *
 * @param storage how the final root is reached
 */
record ScanRequest(
    StoreLocation finalRoot, StorageOptions storage, VerifyLevel level, Contents contents)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether finished stores are opened to sum up what they hold. */
  enum Contents {
    LEFT_OUT,
    SUMMED
  }
}
