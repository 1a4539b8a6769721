package org.heliograph.p1;

import org.heliograph.model.GlobalDomain;

/**
 * Who we are in traces, identifiers and reports.
 *
 * @param name our MTA name, 1 to 32 IA5 characters (ub-mta-name-length), unique within the domain
 * @param domain our global domain identifier
 */
public record LocalMta(String name, GlobalDomain domain) {
  public LocalMta {
    Credentials.checkName(name);
  }
}
