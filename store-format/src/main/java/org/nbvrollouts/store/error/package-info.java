/**
 * Failures by category, each with an exit status. Entry class: {@link
 * org.nbvrollouts.store.error.NbvException}.
 */
package org.nbvrollouts.store.error;
