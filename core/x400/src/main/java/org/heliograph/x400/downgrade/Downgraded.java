package org.heliograph.x400.downgrade;

import java.util.List;
import java.util.Map;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.RecipientId;

/**
 * Envelope and content in the words of 1984.
 *
 * @param envelope without the recipients that failed
 * @param content by reference to the content it was made of
 * @param failed recipients that have no form of 1984
 * @param lost what was left out, for the operator
 */
public record Downgraded(
    Envelope envelope, Octets content, Map<RecipientId, Failure> failed, List<String> lost) {
  public Downgraded {
    failed = Map.copyOf(failed);
    lost = List.copyOf(lost);
  }
}
