/**
 * What is running: facts baked in by the build and facts of the JVM. Entry class: {@link
 * org.nbvrollouts.jobs.provenance.BuildInfo}.
 */
package org.nbvrollouts.jobs.provenance;
