/**
 * The program: Spark driver and executor tasks, commands and reports. Entry class: {@link
 * org.nbvrollouts.jobs.RolloutCli}.
 */
package org.nbvrollouts.jobs;
