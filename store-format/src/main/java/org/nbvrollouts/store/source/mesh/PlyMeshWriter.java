package org.nbvrollouts.store.source.mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Writes the mesh form of rollout source v1 (specification source 11.2): binary little-endian, x y
 * z float32, faces as a uchar count and int32 indices. Equal meshes give equal bytes.
 */
final class PlyMeshWriter {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int LARGEST_RECORD = 13;

  private final FileChannel channel;
  private final MessageDigest digest;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private PlyMeshWriter(FileChannel channel, MessageDigest digest) {
    this.channel = channel;
    this.digest = digest;
  }

  /**
   * Writes a new file and makes it durable.
   *
   * @return SHA-256 of the bytes, 64 lower-case hex digits
   */
  static String write(TriangleMesh mesh, Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      PlyMeshWriter writer = new PlyMeshWriter(channel, CanonicalJson.newSha256());
      writer.write(mesh);
      channel.force(true);
      return HexFormat.of().formatHex(writer.digest.digest());
    }
  }

  private void write(TriangleMesh mesh) throws IOException {
    buffer.put(header(mesh).getBytes(StandardCharsets.US_ASCII));
    for (int vertex = 0; vertex < mesh.vertexCount(); vertex++) {
      flushUnlessRoom();
      for (int axis = 0; axis < 3; axis++) {
        buffer.putFloat(mesh.coordinate(vertex, axis));
      }
    }
    for (int face = 0; face < mesh.faceCount(); face++) {
      flushUnlessRoom();
      buffer.put((byte) 3);
      for (int corner = 0; corner < 3; corner++) {
        buffer.putInt(mesh.vertexOf(face, corner));
      }
    }
    flush();
  }

  private static String header(TriangleMesh mesh) {
    return "ply\n"
        + "format binary_little_endian 1.0\n"
        + "element vertex "
        + mesh.vertexCount()
        + "\nproperty float x\nproperty float y\nproperty float z\n"
        + "element face "
        + mesh.faceCount()
        + "\nproperty list uchar int vertex_indices\n"
        + "end_header\n";
  }

  private void flushUnlessRoom() throws IOException {
    if (buffer.remaining() < LARGEST_RECORD) {
      flush();
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    digest.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
