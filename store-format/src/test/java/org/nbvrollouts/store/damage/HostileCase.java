package org.nbvrollouts.store.damage;

/**
 * An input that was made to exhaust memory or time, or to reach what it must not.
 *
 * @param name what it is, in words
 * @param message part of the refusal
 * @param reading gives the input to its parser
 */
public record HostileCase(String name, String message, Reading reading) {

  /** Reads the input; it has to be refused. */
  @FunctionalInterface
  public interface Reading {
    void run() throws Exception;
  }
}
