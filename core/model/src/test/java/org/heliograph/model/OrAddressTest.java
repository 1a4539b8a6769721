package org.heliograph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;
import org.junit.jupiter.api.Test;

class OrAddressTest {
  private static OrAddress address(OrAttribute... attributes) {
    return new OrAddress(List.of(attributes));
  }

  @Test
  void differsNotByCaseSpacesOrOrder() {
    OrAddress one =
        address(
            OrAttribute.of(Type.COUNTRY, "GB"),
            OrAttribute.of(Type.ADMD, "Gold  400"),
            OrAttribute.of(Type.SURNAME, "Smith"));
    OrAddress other =
        address(
            OrAttribute.of(Type.SURNAME, " SMITH "),
            OrAttribute.of(Type.ADMD, "GOLD 400"),
            OrAttribute.of(Type.COUNTRY, "gb"));
    assertThat(one.sameAs(other)).isTrue();
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void differsByAnyValue() {
    OrAddress one = address(OrAttribute.of(Type.COUNTRY, "GB"), OrAttribute.of(Type.OU1, "a"));
    assertThat(
            one.sameAs(address(OrAttribute.of(Type.COUNTRY, "GB"), OrAttribute.of(Type.OU2, "a"))))
        .isFalse();
    assertThat(one.sameAs(address(OrAttribute.of(Type.COUNTRY, "GB")))).isFalse();
  }

  @Test
  void countsAnAttributeOnceHoweverManyFormsItHas() {
    OrAddress both =
        address(
            new OrAttribute(Type.SURNAME, Form.TELETEX, "", "Müller"),
            OrAttribute.of(Type.SURNAME, "Mueller"));
    assertThat(both.sameAs(address(OrAttribute.of(Type.SURNAME, "MUELLER")))).isTrue();
  }

  @Test
  void tellsDomainDefinedAttributesByName() {
    OrAddress address =
        address(
            OrAttribute.domainDefined("RFC-822", "a(a)b"),
            OrAttribute.domainDefined("JNT-MAIL", "x"));
    assertThat(address.domainDefined("rfc-822")).contains("a(a)b");
    assertThat(address.domainDefined("none")).isEmpty();
    assertThat(address.comparisonKey())
        .contains("DOMAIN_DEFINED.RFC-822=A(A)B", "DOMAIN_DEFINED.JNT-MAIL=X");
  }

  @Test
  void boundsTheNumberOfAttributes() {
    assertThatThrownBy(() -> new OrAddress(Collections.nCopies(65, OrAttribute.of(Type.OU1, "a"))))
        .hasMessageContaining("65 attributes");
  }
}
