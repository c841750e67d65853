package org.nbvrollouts.store.io;

import java.util.regex.Pattern;
import org.nbvrollouts.store.error.RefusedInputException;

/** Passwords in addresses, which would end in logs, manifests and messages. */
public final class AddressSecrets {
  /**
   * A user, a colon and what follows it up to an at sign. Keys of S3 may hold slashes, so those end
   * nothing; a port does. A path that lost one of its slashes counts, too.
   */
  private static final Pattern USER_AND_PASSWORD =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/+[^/:@]*:(?![0-9]*(/|$))[^@]*@");

  private AddressSecrets() {}

  /** Whether an address carries a user and a password. */
  public static boolean areIn(String address) {
    return USER_AND_PASSWORD.matcher(address).lookingAt();
  }

  /**
   * Refuses an address that carries a password, without repeating it.
   *
   * @param what names the address in the message
   */
  public static void refuse(String what, String address) {
    if (areIn(address)) {
      throw new RefusedInputException(
          "Cannot use "
              + what
              + ": it carries a user and a password, which would end in logs and manifests. Name"
              + " the place alone; credentials belong where Hadoop's providers look");
    }
  }
}
