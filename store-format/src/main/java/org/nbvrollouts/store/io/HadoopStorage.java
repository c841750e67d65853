package org.nbvrollouts.store.io;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;

/** Chooses and sets up the file system of Hadoop that serves a location. */
final class HadoopStorage {
  private static final String HDFS = "hdfs";
  private static final String S3A = "s3a";

  /** Set up once per process and address: a file system holds threads and connections. */
  private static final Map<Address, StoreIO> OPENED = new ConcurrentHashMap<>();

  private record Address(String scheme, String authority, StorageOptions options) {}

  /** Served by Hadoop, but for reading single files, or without what a commit rests on. */
  private static final Set<String> NO_STORAGE = Set.of("http", "https", "ftp", "sftp");

  private HadoopStorage() {}

  static StoreIO open(StoreLocation location, StorageOptions options) {
    URI uri = uriOf(location);
    requireStorage(location, uri);
    Address address = new Address(uri.getScheme(), String.valueOf(uri.getAuthority()), options);
    return OPENED.computeIfAbsent(address, absent -> connect(location, uri, options));
  }

  private static StoreIO connect(StoreLocation location, URI uri, StorageOptions options) {
    Configuration configuration = new Configuration();
    options.settings().forEach(configuration::set);
    try {
      if (uri.getScheme().equals(HDFS)) {
        return new HdfsStoreIO(FileContext.getFileContext(uri, configuration), options.retry());
      }
      boolean isS3a = uri.getScheme().equals(S3A);
      if (isS3a) {
        S3aSettings.apply(configuration);
      }
      FileSystem files = FileSystem.newInstance(uri, configuration);
      return new ObjectStoreIO(
          files, options.retry(), isS3a ? S3aFailures::kindOf : StorageFailureKind::of);
    } catch (UnsupportedFileSystemException e) {
      throw unsupported(location, uri, e);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot reach storage: " + StorageReason.of(e) + " (location=" + location + ")", e);
    } catch (RuntimeException | LinkageError e) {
      if (hasMissingClass(e)) {
        throw unsupported(location, uri, e);
      }
      throw new EnvironmentException(
          "Cannot reach storage: " + e.getMessage() + " (location=" + location + ")", e);
    }
  }

  private static URI uriOf(StoreLocation location) {
    String text = location.text();
    AddressSecrets.refuse("location", text);
    if (!text.contains("://")) {
      throw new RefusedInputException(
          "Cannot use location: its scheme is not followed by two slashes (expected for example"
              + " s3a://bucket/folder, location="
              + location
              + ")");
    }
    int authorityEnd = text.indexOf('/', text.indexOf("://") + 3);
    String root = authorityEnd < 0 ? text : text.substring(0, authorityEnd);
    try {
      return new URI(root + "/");
    } catch (URISyntaxException e) {
      throw new RefusedInputException(
          "Cannot use location: %s (location=%s)".formatted(e.getReason(), location), e);
    }
  }

  private static void requireStorage(StoreLocation location, URI uri) {
    if (NO_STORAGE.contains(uri.getScheme())) {
      throw new RefusedInputException(
          "Cannot use location: %s is no storage for stores (expected a local path, hdfs:// or an object store such as s3a://, location=%s)"
              .formatted(uri.getScheme(), location));
    }
    boolean isHdfs = uri.getScheme().equals(HDFS);
    if (uri.getAuthority() == null && (isHdfs || uri.getScheme().equals(S3A))) {
      throw new RefusedInputException(
          "Cannot use location: it names no %s (expected %s, location=%s)"
              .formatted(
                  isHdfs ? "name node" : "bucket",
                  isHdfs ? "hdfs://host:port/path" : "s3a://bucket/path",
                  location));
    }
  }

  private static boolean hasMissingClass(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static RefusedInputException unsupported(
      StoreLocation location, URI uri, Throwable cause) {
    String scheme = uri.getScheme();
    String remedy = "docs/operations.md lists the jars that Spark needs";
    if (scheme.equals("s3") || scheme.equals("s3n")) {
      remedy = "say s3a://";
    } else if (!scheme.equals(scheme.toLowerCase(Locale.ROOT))) {
      remedy = "schemes are written in small letters";
    }
    return new RefusedInputException(
        "Cannot use location: nothing on the class path serves %s (location=%s); %s"
            .formatted(scheme, location, remedy),
        cause);
  }
}
