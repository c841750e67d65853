/**
 * What goes in: samples, meshes and their parsers and writers. Entry classes: {@link
 * org.nbvrollouts.store.source.SourceSample} and {@link org.nbvrollouts.store.source.TriangleMesh}.
 */
package org.nbvrollouts.store.source;
