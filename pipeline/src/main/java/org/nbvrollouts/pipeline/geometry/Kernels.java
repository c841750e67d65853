package org.nbvrollouts.pipeline.geometry;

import java.util.Optional;

/**
 * The kernels of this JVM. The vector kernel is used where the module {@code jdk.incubator.vector}
 * is resolved and vectors have at least 256 bits, unless the system property {@code nbv.kernel} is
 * {@code scalar}.
 */
final class Kernels {
  /** System property that chooses a kernel: {@code scalar}, or anything else for the fastest. */
  static final String PROPERTY = "nbv.kernel";

  private static final String SCALAR_NAME = "scalar";

  static final Kernel SCALAR = new ScalarKernel();

  private static final Optional<Kernel> VECTOR = loadVector();
  private static final Kernel PREFERRED =
      SCALAR_NAME.equals(System.getProperty(PROPERTY)) ? SCALAR : VECTOR.orElse(SCALAR);

  private Kernels() {}

  static Kernel preferred() {
    return PREFERRED;
  }

  /**
   * The kernel {@code scalar} or {@code vector}, for comparisons.
   *
   * @throws java.util.NoSuchElementException if this JVM has no vectors
   */
  static Kernel named(String name) {
    return name.equals(SCALAR_NAME) ? SCALAR : VECTOR.orElseThrow();
  }

  /** The vector kernel, if this JVM can run it. */
  static Optional<Kernel> vector() {
    return VECTOR;
  }

  /** Loads a class that is compiled apart, because it imports an incubating module. */
  private static Optional<Kernel> loadVector() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.empty();
    }
    try {
      Class<?> kernel = Class.forName(Kernels.class.getPackageName() + ".VectorKernel");
      return Optional.of((Kernel) kernel.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | LinkageError unsupported) {
      return Optional.empty();
    }
  }
}
