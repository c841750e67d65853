/**
 * The commands a person types: options, messages and exit codes. Work happens in the packages
 * below. Entry class: {@link org.nbvrollouts.jobs.command.CommandRunner}.
 */
package org.nbvrollouts.jobs.command;
