package org.nbvrollouts.store.manifest;

import java.io.Serializable;

/**
 * Why an attempt failed.
 *
 * @param stage step of the protocol, such as {@code S3} (specification campaign 9.4)
 * @param errorType class name of the exception
 * @param error its message
 */
public record FailureDetail(FailureKind kind, String stage, String errorType, String error)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
