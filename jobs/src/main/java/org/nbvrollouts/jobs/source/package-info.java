/** Makes sources. Entry class: {@link org.nbvrollouts.jobs.source.SyntheticSource}. */
package org.nbvrollouts.jobs.source;
