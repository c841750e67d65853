/**
 * Candidate views of one node: sampled poses, the rules that judge them and the diagnostics of
 * both. Nothing here sees ground truth about the target; the scene mesh serves clearance and
 * collision only. Entry class: {@link org.nbvrollouts.pipeline.candidate.CandidateGenerator}.
 */
package org.nbvrollouts.pipeline.candidate;
