/**
 * Configuration of a campaign: one table of keys that the parser, the hashes, the documentation and
 * the records are made from. Entry class: {@link org.nbvrollouts.jobs.config.CampaignConfig}.
 */
package org.nbvrollouts.jobs.config;
