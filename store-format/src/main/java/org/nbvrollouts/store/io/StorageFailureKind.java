package org.nbvrollouts.store.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathAccessDeniedException;
import org.apache.hadoop.fs.PathIsDirectoryException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.security.AccessControlException;

/** What a failure of remote storage means for the call that met it, by its type alone. */
enum StorageFailureKind {
  /** Nothing stands there. */
  ABSENT,
  /** The condition of the call did not hold: the name is taken. */
  TAKEN,
  /** Another call for the same name was running; this one had no effect. */
  CONFLICT,
  /** Server or network failed; the call may have had its effect. */
  PASSING,
  /** Another try gives the same answer. */
  LASTING;

  /** Kind of a failure of any file system of Hadoop. */
  static StorageFailureKind of(IOException failure) {
    if (failure instanceof FileNotFoundException) {
      return ABSENT;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return TAKEN;
    }
    if (failure instanceof RemoteException remote) {
      return ofRemote(remote);
    }
    boolean isLasting =
        failure instanceof AccessControlException
            || failure instanceof java.nio.file.AccessDeniedException
            || failure instanceof PathAccessDeniedException
            || failure instanceof PathIsDirectoryException
            || failure instanceof ParentNotDirectoryException
            || failure instanceof UnknownHostException
            || failure instanceof ShortFileException
            || failure instanceof ConditionalCreateException
            || failure instanceof ClusterStorageCapacityExceededException
            || failure instanceof ClosedByInterruptException
            || (failure instanceof InterruptedIOException
                && !(failure instanceof SocketTimeoutException)
                && !isClosedConnection(failure))
            || Thread.currentThread().isInterrupted();
    return isLasting ? LASTING : PASSING;
  }

  /**
   * The client of HTTP says so of a connection that was closed while it was being made; nobody
   * interrupted the call. It has no type of its own.
   */
  private static boolean isClosedConnection(IOException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof InterruptedIOException
        && "Connection already shutdown".equals(cause.getMessage());
  }

  /** The NameNode answered with a failure; few of its answers change by waiting. */
  private static StorageFailureKind ofRemote(RemoteException failure) {
    String name = failure.getClassName();
    boolean isPassing =
        name.equals(RetriableException.class.getName())
            || name.equals(StandbyException.class.getName())
            || name.endsWith(".SafeModeException")
            || name.endsWith(".NotReplicatedYetException")
            || isWithoutDataNode(failure);
    return isPassing ? PASSING : LASTING;
  }

  /** No DataNode took a block: all are busy, or restart. It has no type of its own. */
  private static boolean isWithoutDataNode(RemoteException failure) {
    return failure.getClassName().equals(IOException.class.getName())
        && String.valueOf(failure.getMessage()).contains("could only be written to");
  }
}
