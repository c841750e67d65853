package org.nbvrollouts.store.source.mesh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.TriangleMesh;

/** Loads and writes mesh files (specification source 8 and 11.2). */
public final class MeshFiles {
  private MeshFiles() {}

  /**
   * Loads a PLY or OBJ file, told apart by the file name. Coordinates are taken as they are;
   * degenerate, duplicate and open faces are kept, polygons become fans around their first corner.
   *
   * @throws RefusedInputException naming file, element or line, and the rule; all problems of the
   *     header, and the first problems of the data, one per line
   */
  public static TriangleMesh load(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".ply")) {
        return PlyMeshParser.parse(file);
      }
      if (name.endsWith(".obj")) {
        return ObjMeshParser.parse(file);
      }
    } catch (NoSuchFileException missing) {
      throw new RefusedInputException(
          "Cannot read mesh: no such file (file=" + file + ")", missing);
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot read mesh: " + StorageReason.of(failed) + " (file=" + file + ")", failed);
    }
    throw new RefusedInputException(
        "Cannot read mesh: unknown kind of file (expected .ply or .obj, file=" + file + ")");
  }

  /**
   * Writes the PLY form of rollout source v1 into a new file: binary little-endian, x y z float32,
   * faces as a uchar count and three int32 indices. Equal meshes give equal bytes.
   *
   * @return identity of the written bytes
   */
  public static MeshReference writePly(TriangleMesh mesh, Path file) {
    try {
      String sha256 = PlyMeshWriter.write(mesh, file);
      return new MeshReference(sha256, mesh.vertexCount(), mesh.faceCount());
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot write mesh: " + StorageReason.of(failed) + " (file=" + file + ")", failed);
    }
  }

  /**
   * SHA-256 over the bytes of a file, the identity of a mesh (rule S-7).
   *
   * @return 64 lower-case hex digits
   */
  public static String sha256(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      MessageDigest digest = CanonicalJson.newSha256();
      byte[] block = new byte[1 << 18];
      for (int read = input.read(block); read >= 0; read = input.read(block)) {
        digest.update(block, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchFileException missing) {
      throw new RefusedInputException(
          "Cannot read file: no such file (file=" + file + ")", missing);
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot read file: " + StorageReason.of(failed) + " (file=" + file + ")", failed);
    }
  }
}
