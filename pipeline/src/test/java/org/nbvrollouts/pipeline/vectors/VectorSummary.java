package org.nbvrollouts.pipeline.vectors;

import java.util.Map;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Prints at the end of a test run how many golden numbers were compared, file by file. */
public final class VectorSummary implements TestExecutionListener {
  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    Map<String, Integer> compared = VectorCheck.comparedByFile();
    int total = 0;
    for (Map.Entry<String, Integer> file : compared.entrySet()) {
      System.out.printf("Golden vectors: %s.json %d compared%n", file.getKey(), file.getValue());
      total += file.getValue();
    }
    if (total > 0) {
      System.out.printf("Golden vectors: %d compared in %d files%n", total, compared.size());
    }
  }
}
