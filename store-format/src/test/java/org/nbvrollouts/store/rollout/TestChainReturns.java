package org.nbvrollouts.store.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.rollout.ChainReturns.ChosenStep;

class TestChainReturns {

  @Test
  void sumOfGainsAndEndPointGainAreTwoNumbers() {
    ChosenStep first = new ChosenStep(0.5, 0.4, 0.2);
    ChosenStep fusedInBetween = new ChosenStep(0.25, 0.21, 0.11);
    ChainReturns returns = ChainReturns.of(List.of(first, fusedInBetween), 1);
    assertThat(returns.discountedReturn()).isEqualTo(0.75);
    assertThat(returns.endPointGain()).isEqualTo((0.4 - 0.11) / (0.4 + 1e-8));
    assertThat(returns.endPointLogGain())
        .isCloseTo(Math.log((0.4 + 1e-8) / (0.11 + 1e-8)), within(1e-12));
  }

  @Test
  void laterStepsAreDiscountedAndStepsWithoutAGainStillCount() {
    List<ChosenStep> steps =
        List.of(
            new ChosenStep(0.5, 1, 1),
            new ChosenStep(Double.NaN, 1, 1),
            new ChosenStep(0.25, 1, 1));
    assertThat(ChainReturns.of(steps, 0.5).discountedReturn()).isEqualTo(0.5 + 0.25 * 0.25);
  }

  @Test
  void chainsWithoutAFiniteGainHaveNoReturn() {
    assertThat(ChainReturns.of(List.of(), 1))
        .isEqualTo(new ChainReturns(Double.NaN, Double.NaN, Double.NaN));
    ChosenStep unlabelled = new ChosenStep(Double.NaN, 0.5, 0.25);
    ChainReturns returns = ChainReturns.of(List.of(unlabelled), 1);
    assertThat(returns.discountedReturn()).isNaN();
    assertThat(returns.endPointGain()).isCloseTo(0.5, within(1e-7));
  }

  @Test
  void errorsOfZeroStayFinite() {
    ChainReturns returns = ChainReturns.of(List.of(new ChosenStep(0, 0, 0)), 1);
    assertThat(returns).isEqualTo(new ChainReturns(0, 0, 0));
  }
}
