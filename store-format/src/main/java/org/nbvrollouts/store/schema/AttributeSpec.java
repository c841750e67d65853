package org.nbvrollouts.store.schema;

/**
 * One attribute of the root or of a group.
 *
 * @param name key in the attributes
 * @param type type of its JSON value
 * @param meaning what it says, in a few words
 */
public record AttributeSpec(String name, JsonType type, String meaning) {

  /** Type of a JSON value; a float keeps its decimal point, as hashes depend on the text. */
  public enum JsonType {
    TEXT("text"),
    TRUTH("true or false"),
    INTEGER("integer"),
    FLOAT("float");

    private final String words;

    JsonType(String words) {
      this.words = words;
    }

    /** The type for people. */
    public String words() {
      return words;
    }
  }
}
