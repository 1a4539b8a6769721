package org.heliograph.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A security label: the one value behind the X.411 message security label and the ESS security
 * label (RFC 2634 section 3.2). The two have the same abstract syntax but for the order and bounds
 * of their parts.
 *
 * @param policy the security policy
 * @param classification 0 unmarked, 1 unclassified, 2 restricted, 3 confidential, 4 secret, 5 top
 *     secret; others up to 256 are the policy's own
 * @param privacyMark shown to people, decides nothing; at most 128 characters
 * @param categories at most 64 (ub-security-categories)
 */
public record Label(
    Optional<Oid> policy,
    OptionalInt classification,
    Optional<String> privacyMark,
    List<Category> categories) {
  /**
   * A security category.
   *
   * @param type names the syntax of the value
   * @param value BER octets of the value
   */
  public record Category(Oid type, Bytes value) {}

  public Label {
    categories = List.copyOf(categories);
    if (categories.size() > 64) {
      throw new IllegalArgumentException(
          "a label of " + categories.size() + " categories; at most 64 (RFC 2634 3.2)");
    }
    if (classification.isPresent()
        && (classification.getAsInt() < 0 || classification.getAsInt() > 256)) {
      throw new IllegalArgumentException(
          "classification " + classification.getAsInt() + " is outside 0 to 256 (RFC 2634 3.2)");
    }
  }

  /** A short text for logs and the console: classification by name, privacy mark, policy. */
  public String display() {
    String level =
        switch (classification.orElse(-1)) {
          case -1 -> "no classification";
          case 0 -> "unmarked";
          case 1 -> "unclassified";
          case 2 -> "restricted";
          case 3 -> "confidential";
          case 4 -> "secret";
          case 5 -> "top secret";
          default -> "classification " + classification.getAsInt();
        };
    StringBuilder text = new StringBuilder(level);
    privacyMark.ifPresent(mark -> text.append(" '").append(Show.safe(mark, 64)).append('\''));
    policy.ifPresent(oid -> text.append(" under ").append(oid));
    if (!categories.isEmpty()) {
      text.append(", ")
          .append(categories.size())
          .append(categories.size() == 1 ? " category" : " categories");
    }
    return text.toString();
  }
}
