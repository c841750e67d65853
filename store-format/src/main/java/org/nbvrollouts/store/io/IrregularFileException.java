package org.nbvrollouts.store.io;

import java.nio.file.FileSystemException;

/**
 * Something that is no plain file stands where one is read: a folder, a link, a pipe, a device, or
 * a file larger than memory where a document belongs. The storage works, so asking again gives the
 * same answer.
 */
public final class IrregularFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  IrregularFileException(String file, String what) {
    super(file, null, what);
  }
}
