package org.nbvrollouts.store.server;

/** What {@link CountingProxy} does to one request. */
public enum HttpFault {
  /** Answers 503 by itself; the server never hears of the request. */
  UNAVAILABLE,
  /** Passes the request on, then closes the connection instead of answering. */
  LOSE_REPLY
}
