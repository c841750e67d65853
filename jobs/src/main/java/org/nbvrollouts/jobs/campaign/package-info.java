/**
 * A whole campaign on Spark: one task per shard, progress, limits and the outcome. Entry class:
 * {@link org.nbvrollouts.jobs.campaign.RunCampaignJob}.
 */
package org.nbvrollouts.jobs.campaign;
