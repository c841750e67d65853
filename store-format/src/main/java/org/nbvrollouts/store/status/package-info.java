/**
 * What is known about a campaign, read from its storage alone (specification campaign 8). Entry
 * class: {@link org.nbvrollouts.store.status.ShardStatusReader}.
 */
package org.nbvrollouts.store.status;
