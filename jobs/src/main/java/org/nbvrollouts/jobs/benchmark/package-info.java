/**
 * Measures how fast whole rows are generated and stored, and how that grows. Entry class: {@link
 * org.nbvrollouts.jobs.benchmark.MacroBenchmark}.
 */
package org.nbvrollouts.jobs.benchmark;
