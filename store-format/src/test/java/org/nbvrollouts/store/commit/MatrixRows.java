package org.nbvrollouts.store.commit;

/** Rows of the failure matrix (specification campaign 9.8), which hold on every storage. */
interface MatrixRows {
  /** The campaign of this test, in which nothing happened yet. */
  MatrixCampaign campaign();
}
