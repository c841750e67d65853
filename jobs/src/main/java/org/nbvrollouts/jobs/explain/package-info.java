/**
 * Why a stored candidate has its reason or its score: what it was drawn from, what the rules
 * measured and what its view does to the error, beside what the store says. Entry class: {@link
 * org.nbvrollouts.jobs.explain.CandidateExplanations}.
 */
package org.nbvrollouts.jobs.explain;
