/**
 * Mesh files: PLY and OBJ readers that check before they allocate, the PLY writer of rollout source
 * v1, and the identity of a mesh by the bytes of its file (specification source 8 and 11.2). Entry
 * class: {@link org.nbvrollouts.store.source.mesh.MeshFiles}.
 */
package org.nbvrollouts.store.source.mesh;
