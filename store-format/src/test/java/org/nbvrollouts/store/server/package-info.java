/**
 * Servers on this machine for tests and for people who want to try remote storage, each in a
 * process of its own. Entry class: {@link org.nbvrollouts.store.server.LocalServers}.
 */
package org.nbvrollouts.store.server;
