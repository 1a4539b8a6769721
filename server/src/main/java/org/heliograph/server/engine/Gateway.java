package org.heliograph.server.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.mixer.AddressMapper;
import org.heliograph.mixer.MappingTable;
import org.heliograph.mixer.MixerSettings;
import org.heliograph.mixer.MixerShaper;
import org.heliograph.model.ChannelName;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Shaper;
import org.heliograph.server.config.DomainSettings;
import org.heliograph.server.config.SwitchSettings;

/** What the gateway is made of. */
public final class Gateway {
  private Gateway() {}

  /**
   * The address mapping that a configuration asks for.
   *
   * @throws IOException if the mapping table cannot be read; names the line
   */
  public static AddressMapper addresses(SwitchSettings settings) throws IOException {
    org.heliograph.server.config.MixerSettings mixer =
        settings
            .mixer()
            .orElseThrow(() -> new IOException("the configuration has no section mixer"));
    DomainSettings domain =
        settings
            .domain()
            .orElseThrow(
                () ->
                    new IOException("the configuration has no section domain, which mixer needs"));
    try {
      MappingTable table =
          mixer.mapping().isPresent()
              ? MappingTable.read(mixer.mapping().get())
              : MappingTable.empty();
      return new AddressMapper(
          table, under(domain), mixer.gatewayDomain().orElse(settings.hostName()));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The gateway's shaper. */
  static Shaper shaper(SwitchSettings settings) throws IOException {
    DomainSettings domain = settings.domain().orElseThrow();
    return new MixerShaper(
        new ChannelName("mixer"),
        MixerSettings.at(addresses(settings), domain.global(), domain.mta(), settings.hostName()));
  }

  /** The O/R address that everything foreign is put under: this domain's. */
  private static OrAddress under(DomainSettings domain) {
    List<OrAttribute> attributes = new ArrayList<>();
    attributes.add(OrAttribute.of(OrAttribute.Type.COUNTRY, domain.country()));
    attributes.add(OrAttribute.of(OrAttribute.Type.ADMD, domain.admd()));
    domain.prmd().ifPresent(prmd -> attributes.add(OrAttribute.of(OrAttribute.Type.PRMD, prmd)));
    return new OrAddress(attributes);
  }
}
