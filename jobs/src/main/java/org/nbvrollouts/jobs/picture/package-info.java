/**
 * Pictures of what a store holds, for people who look before they read. Entry class: {@link
 * org.nbvrollouts.jobs.picture.DepthContactSheet}.
 */
package org.nbvrollouts.jobs.picture;
