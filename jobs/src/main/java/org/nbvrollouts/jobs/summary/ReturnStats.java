package org.nbvrollouts.jobs.summary;

import java.io.Serializable;
import org.nbvrollouts.store.rollout.ChainReturns;

/**
 * Returns of the chains of a recipe (specification generation 6.7 and 6.8).
 *
 * @param chains number of chains with at least one step
 * @param sumOfGains sum over chains of the sum of their gains
 * @param endPointGain sum over chains of their end-point gain
 * @param endPointLogGain sum over chains of their logarithmic end-point gain
 * @param mostApart largest distance between sum of gains and end-point gain of a chain
 */
public record ReturnStats(
    long chains, double sumOfGains, double endPointGain, double endPointLogGain, double mostApart)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static ReturnStats of(ChainReturns chain) {
    return new ReturnStats(
        1,
        chain.discountedReturn(),
        chain.endPointGain(),
        chain.endPointLogGain(),
        Math.abs(chain.discountedReturn() - chain.endPointGain()));
  }

  ReturnStats plus(ReturnStats other) {
    return new ReturnStats(
        chains + other.chains,
        sumOfGains + other.sumOfGains,
        endPointGain + other.endPointGain,
        endPointLogGain + other.endPointLogGain,
        Math.max(mostApart, other.mostApart));
  }

  /** Mean over chains of the sum of gains. */
  public double meanSumOfGains() {
    return sumOfGains / chains;
  }

  /** Mean over chains of the end-point gain. */
  public double meanEndPointGain() {
    return endPointGain / chains;
  }

  /** Mean over chains of the logarithmic end-point gain. */
  public double meanEndPointLogGain() {
    return endPointLogGain / chains;
  }
}
