/**
 * Pictures of what a store holds, for people who look before they read. Entry classes: {@link
 * org.nbvrollouts.jobs.picture.DepthContactSheet} and {@link
 * org.nbvrollouts.jobs.picture.CandidatePicture}.
 */
package org.nbvrollouts.jobs.picture;
