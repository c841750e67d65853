/**
 * From a source and a configuration to the plan of a campaign (specification campaign 3). Entry
 * class: {@link org.nbvrollouts.jobs.plan.CampaignPlanner}.
 */
package org.nbvrollouts.jobs.plan;
