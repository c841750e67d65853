/**
 * What a campaign holds, in numbers that a researcher asks for first. Everything is read from
 * committed stores. Entry class: {@link org.nbvrollouts.jobs.summary.CampaignSummary}.
 */
package org.nbvrollouts.jobs.summary;
