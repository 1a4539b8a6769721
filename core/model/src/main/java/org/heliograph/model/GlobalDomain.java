package org.heliograph.model;

import java.util.Optional;

/**
 * A global domain identifier (X.411 GlobalDomainIdentifier).
 *
 * @param country two letters or an X.121 code
 * @param admd a single space where there is none
 * @param prmd absent for an ADMD
 */
public record GlobalDomain(String country, String admd, Optional<String> prmd) {
  @Override
  public String toString() {
    return prmd.map(p -> "/PRMD=" + p).orElse("") + "/ADMD=" + admd + "/C=" + country + "/";
  }
}
