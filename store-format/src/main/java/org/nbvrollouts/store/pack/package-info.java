/**
 * Changes the layout of stores that exist (specification store, packed layout). Entry class: {@link
 * org.nbvrollouts.store.pack.StorePacker}.
 */
package org.nbvrollouts.store.pack;
