package org.nbvrollouts.store.io;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * Entries of a Hadoop configuration that may travel with tasks. A name is allowed only if it is
 * listed, and never if it could hold a secret.
 */
public final class StorageSettingNames {
  private static final Pattern BUCKET = Pattern.compile("fs\\.s3a\\.bucket\\.[^=]+?\\.");

  private static final List<String> S3A =
      List.of(
          "endpoint",
          "endpoint.region",
          "endpoint.fips",
          "path.style.access",
          "connection.ssl.enabled",
          "connection.maximum",
          "connection.timeout",
          "connection.establish.timeout",
          "connection.request.timeout",
          "connection.ttl",
          "threads.max",
          "aws.credentials.provider",
          "multipart.size",
          "multipart.threshold",
          "fast.upload.buffer",
          "buffer.dir",
          "create.conditional.enabled",
          "create.storage.class",
          "encryption.algorithm",
          "requester.pays.enabled",
          "proxy.host",
          "proxy.port",
          "ssl.channel.mode",
          "assumed.role.arn",
          "assumed.role.sts.endpoint",
          "assumed.role.sts.endpoint.region");

  private static final List<String> OTHER =
      List.of(
          "fs.defaultFS", "hadoop.security.authentication", "dfs.nameservices", "dfs.replication");

  private static final List<String> PREFIXES =
      List.of(
          "dfs.client.",
          "dfs.ha.namenodes.",
          "dfs.namenode.rpc-address.",
          "dfs.namenode.kerberos.principal",
          "dfs.data.transfer.protection");

  private static final List<String> SECRET_WORDS =
      List.of("secret", "password", "token", "access.key", "accesskey", "account.key", "sas.");

  private StorageSettingNames() {}

  /** Whether an entry may travel with tasks. */
  public static boolean isAllowed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (SECRET_WORDS.stream().anyMatch(lower::contains)) {
      return false;
    }
    if (OTHER.contains(name) || PREFIXES.stream().anyMatch(name::startsWith)) {
      return true;
    }
    return S3A.stream()
        .anyMatch(
            option ->
                name.equals("fs.s3a." + option)
                    || (name.endsWith("." + option)
                        && BUCKET
                            .matcher(name.substring(0, name.length() - option.length()))
                            .matches()));
  }

  static void require(String name) {
    if (!isAllowed(name)) {
      throw new RefusedInputException(
          "Cannot use storage setting: it may not travel with tasks (name="
              + name
              + "). Put it into core-site.xml, and credentials where Hadoop's providers look");
    }
  }
}
