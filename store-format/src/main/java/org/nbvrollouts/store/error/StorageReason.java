package org.nbvrollouts.store.error;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why the storage failed, in words for people. */
public final class StorageReason {
  private StorageReason() {}

  /** As {@link #of}, and the file that failed, where the storage says which. */
  public static String withFile(IOException failure) {
    return failure instanceof FileSystemException known && known.getFile() != null
        ? of(failure) + " (file=" + known.getFile() + ")"
        : of(failure);
  }

  /** The reason without a path, which the message around it names. */
  public static String of(IOException failure) {
    if (failure instanceof FileSystemException known) {
      return of(known);
    }
    if (failure instanceof ClosedByInterruptException) {
      return "interrupted";
    }
    if (failure instanceof LostConnectionException) {
      return LostConnectionException.REASON;
    }
    if (failure instanceof EOFException) {
      return "the file ends too early";
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return "the storage gave no reason (" + failure.getClass().getSimpleName() + ")";
    }
    return failure instanceof FileNotFoundException ? inParentheses(message) : plain(message);
  }

  private static String of(FileSystemException failure) {
    if (failure instanceof AccessDeniedException) {
      return isWithoutCredentials(failure)
          ? "this process finds no credentials for it; docs/operations.md says where they belong"
          : "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof NotDirectoryException) {
      return "a file stands where a folder belongs";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "something stands there already";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (failure instanceof FileSystemLoopException) {
      return "links lead in a circle";
    }
    if (failure instanceof AtomicMoveNotSupportedException) {
      return "it cannot be renamed in one step";
    }
    return failure.getReason() == null ? "the storage gave no reason" : plain(failure.getReason());
  }

  /** The client of S3 says both alike; its own exception is not on every class path. */
  private static boolean isWithoutCredentials(Throwable failure) {
    Throwable cause = failure.getCause();
    while (cause != null && !cause.getClass().getSimpleName().startsWith("NoAuthWithAWS")) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** Java's older files put the reason of the system behind the path, in parentheses. */
  private static String inParentheses(String message) {
    int open = message.lastIndexOf('(');
    return open >= 0 && message.endsWith(")")
        ? plain(message.substring(open + 1, message.length() - 1))
        : "no such file or folder";
  }

  /** The words of the system as they fit into a sentence. */
  private static String plain(String reason) {
    return switch (reason.toLowerCase(Locale.ROOT)) {
      case "is a directory" -> "it is a folder";
      case "not a directory" -> "a file stands where a folder belongs";
      case "no such file or directory" -> "no such file or folder";
      default -> Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    };
  }
}
