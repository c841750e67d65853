package org.nbvrollouts.store.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nbvrollouts.store.error.RefusedInputException;

/** Reads from an earlier report what it says about committed shards, shard by shard. */
public final class StatusReportParser {
  private static final JsonFactory FACTORY = new JsonFactory();

  private StatusReportParser() {}

  /**
   * Hash of the owner sidecar of every shard that was finished, by id, in the order of the report.
   *
   * @throws RefusedInputException if the file is no report with these hashes
   * @throws IOException if it cannot be read
   */
  public static Map<String, String> ownersOfFinished(Path file) throws IOException {
    Map<String, String> owners = new LinkedHashMap<>();
    boolean hasShards = false;
    try (JsonParser json = FACTORY.createParser(Files.newBufferedReader(file))) {
      require(json.nextToken() == JsonToken.START_OBJECT, file, "it is no JSON object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isShards = json.currentName().equals("shards");
        json.nextToken();
        if (isShards) {
          hasShards = true;
          require(json.currentToken() == JsonToken.START_ARRAY, file, "shards is no list");
          while (json.nextToken() == JsonToken.START_OBJECT) {
            addShard(json, file, owners);
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw new RefusedInputException(
          "Cannot compare with report: it is no JSON (file=%s, line=%d)"
              .formatted(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e);
    } catch (CharacterCodingException e) {
      throw new RefusedInputException(
          "Cannot compare with report: it is not UTF-8 (file=" + file + ")", e);
    }
    require(hasShards, file, "it has no shards");
    return owners;
  }

  private static void addShard(JsonParser json, Path file, Map<String, String> owners)
      throws IOException {
    String id = null;
    String status = null;
    String owner = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "shard_id" -> id = json.getText();
        case "status" -> status = json.getText();
        case "owner_sha256" -> owner = json.getText();
        default -> json.skipChildren();
      }
    }
    require(id != null && status != null, file, "a shard has no id or no status");
    if (status.equals(ShardState.SUCCEEDED.text())) {
      require(owner != null, file, "a finished shard has no owner_sha256 (shard=" + id + ")");
      owners.put(id, owner);
    }
  }

  private static void require(boolean holds, Path file, String otherwise) {
    if (!holds) {
      throw new RefusedInputException(
          "Cannot compare with report: %s (expected what status --output-json writes, file=%s)"
              .formatted(otherwise, file));
    }
  }
}
