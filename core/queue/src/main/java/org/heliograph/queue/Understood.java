package org.heliograph.queue;

import org.heliograph.model.Extension;

/**
 * Extensions whose meaning for delivery is kept here (X.411 table 27): those that this switch acts
 * on, and those that are the recipient's business and reach it as they came. What asks for physical
 * delivery, or for a proof that nobody here can give, is not among them.
 */
final class Understood {
  private Understood() {}

  static boolean here(Extension extension) {
    if (!(extension.type() instanceof Extension.Standard standard)) {
      return false;
    }
    return switch (standard.number()) {
      // reassignment, alternate, lists, conversion, latest delivery
      case 1, 2, 3, 4, 5 -> true;
      // return address; certificates, token, algorithms, checks and label are the recipient's
      case 13, 15, 16, 17, 18, 19, 20 -> true;
      // correlator, histories, traces, further certificates and selectors
      case 23, 25, 26, 37, 38, 40, 42, 45, 46 -> true;
      default -> false;
    };
  }
}
