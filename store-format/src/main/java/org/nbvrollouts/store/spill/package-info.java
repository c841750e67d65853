/**
 * Work on more values than fit into memory, in temporary files. Entry classes: {@link
 * org.nbvrollouts.store.spill.SpilledSort} and {@link org.nbvrollouts.store.spill.RepeatedValues}.
 */
package org.nbvrollouts.store.spill;
