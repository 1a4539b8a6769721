package org.heliograph.server.config;

import java.util.Optional;
import org.heliograph.model.GlobalDomain;

/** Who the switch is in the X.400 world. */
public record DomainSettings(
    @Key(says = "Country: two letters (ISO 3166) or an X.121 code.") String country,
    @Key(says = "Administration domain; one space where there is none.", or = " ") String admd,
    @Key(says = "Private domain; absent for an administration domain.") Optional<String> prmd,
    @Key(says = "Name of this MTA within the domain, at most 32 characters.") String mta) {

  /** The global domain identifier (X.411 12.2.1.1.1). */
  public GlobalDomain global() {
    return new GlobalDomain(country, admd, prmd);
  }
}
