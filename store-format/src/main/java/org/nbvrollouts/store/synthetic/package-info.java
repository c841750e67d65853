/**
 * Well-formed records of any shape from a seed, without meshes and ray casting: for tests of scale,
 * of damage and of clusters, and for measuring a storage. Entry: {@link
 * org.nbvrollouts.store.synthetic.SyntheticRollouts}.
 */
package org.nbvrollouts.store.synthetic;
