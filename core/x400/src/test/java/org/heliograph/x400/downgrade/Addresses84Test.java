package org.heliograph.x400.downgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1328 3, with its own examples. */
class Addresses84Test {
  private final Addresses84 addresses =
      new Addresses84(new GlobalDomain("GB", " ", Optional.of("UK.AC")));

  @Test
  void anAddressOf1984StaysAsItIs() throws Exception {
    OrAddress plain = OrText.parse("/DD.A=1/S=Smith/OU1=U/O=A/PRMD=P/ADMD=B/C=GB/");

    assertThat(addresses.down(plain)).isEqualTo(plain);
    assertThat(addresses.up(plain)).isEqualTo(plain);
  }

  @Test
  void aCommonNameBecomesADomainDefinedAttributeAndComesBack() throws Exception {
    OrAddress postmaster = OrText.parse("/CN=Postmaster/O=A/ADMD=B/C=GB/");

    OrAddress down = addresses.down(postmaster);

    assertThat(down).isEqualTo(OrText.parse("/DD.Common=Postmaster/O=A/ADMD=B/C=GB/"));
    assertThat(addresses.up(down)).isEqualTo(postmaster);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/PD-ADDRESS=Empire State Building/PRMD=XX/ADMD=ZZ/C=US/",
        "/CN=Postmaster/PD-C=US/PRMD=XX/ADMD=ZZ/C=US/",
        "/CN=A/DD.A=1/DD.B=2/DD.C=3/DD.D=4/ADMD=ZZ/C=US/",
      })
  void anyOtherIsCarriedWholeUnderOurDomain(String text) throws Exception {
    OrAddress address = OrText.parse(text);

    OrAddress down = addresses.down(address);

    assertThat(OrText.stdOr(down)).contains("PRMD=UK.AC").contains("DD.X400-88=");
    assertThat(down.attributes())
        .allMatch(a -> a.form() == OrAttribute.Form.PRINTABLE && a.value().length() <= 128);
    assertThat(addresses.up(down)).isEqualTo(address);
  }

  @Test
  void overflowTakesThreeMoreAttributesAndNoMore() throws Exception {
    OrAddress fits = OrText.parse("/PD-ADDRESS=" + "street ".repeat(20) + "/ADMD=ZZ/C=US/");

    assertThat(addresses.down(fits).domainDefined("X400-C1")).isPresent();
    assertThat(addresses.up(addresses.down(fits))).isEqualTo(fits);
    OrAddress long1 =
        new OrAddress(
            List.of(
                OrAttribute.of(OrAttribute.Type.COUNTRY, "US"),
                OrAttribute.of(OrAttribute.Type.UNFORMATTED_POSTAL_ADDRESS, "x".repeat(600))));
    assertThatThrownBy(() -> addresses.down(long1))
        .isInstanceOf(CannotDowngrade.class)
        .hasMessageContaining("RFC 1328 3.1");
  }

  @Test
  void aTeletexFormBesideAPrintableOneIsLeftOut() throws Exception {
    OrAddress both = OrText.parse("/O=Acme*{195}/S=Smith/ADMD=B/C=GB/");

    assertThat(addresses.down(both)).isEqualTo(OrText.parse("/O=Acme/S=Smith/ADMD=B/C=GB/"));
  }

  @Test
  void aWholeAddressUnderAnotherDomainIsThatDomainsBusiness() throws Exception {
    OrAddress other =
        OrText.parse("/DD.X400-88=+PD-C=US+/PRMD=OTHER/ADMD= /C=GB/".replace('+', '.'));

    assertThat(addresses.up(other)).isEqualTo(other);
  }
}
