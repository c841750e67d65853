/** Words that commands share. Entry class: {@link org.nbvrollouts.jobs.text.Count}. */
package org.nbvrollouts.jobs.text;
