/**
 * Damage done on purpose: to committed shards, to stores, and to every input that is parsed. Entry
 * classes: {@code TestDamageSweep}, {@code TestHostileStores} and {@code TestMutatedInputs}.
 */
package org.nbvrollouts.store.damage;
