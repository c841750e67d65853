package org.nbvrollouts.store.server;

/** What {@link CountingProxy} does to one request. */
public enum HttpFault {
  /** Answers 503 by itself; the server never hears of the request. */
  UNAVAILABLE,
  /** Passes the request on, then closes the connection instead of answering. */
  LOSE_REPLY,
  /** Passes the request on and half of the answer's body back, then closes the connection. */
  CUT_REPLY,
  /** Holds the request for two seconds before it passes it on. */
  DELAY
}
