package org.nbvrollouts.store.source;

/**
 * Identity of a mesh by content.
 *
 * @param sha256 64 lower-case hex digits over the bytes of the mesh file
 */
public record MeshReference(String sha256, long vertexCount, long faceCount) {}
