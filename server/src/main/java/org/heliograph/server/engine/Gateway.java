package org.heliograph.server.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.heliograph.mixer.AddressMapper;
import org.heliograph.mixer.MappingTable;
import org.heliograph.mixer.MixerSettings;
import org.heliograph.mixer.MixerShaper;
import org.heliograph.model.ChannelName;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Shaper;
import org.heliograph.model.Source;
import org.heliograph.server.config.DomainSettings;
import org.heliograph.server.config.SwitchSettings;
import org.heliograph.wire.Network;

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
        MixerSettings.at(addresses(settings), domain.global(), domain.mta(), settings.hostName())
            .withBelieved(believed(settings))
            .withMailTrace(
                switch (settings.mixer().orElseThrow().mailTrace()) {
                  case GATEWAY -> MixerSettings.MailTrace.GATEWAY;
                  case MAPPED -> MixerSettings.MailTrace.MAPPED;
                }));
  }

  /** Mail of which sources is believed: by default of those that may relay. */
  static Predicate<Source> believed(SwitchSettings settings) {
    List<Network> relays =
        settings.smtp().stream()
            .flatMap(smtp -> smtp.listen().stream())
            .flatMap(listener -> listener.relayFrom().stream())
            .toList();
    List<Network> networks =
        settings
            .mixer()
            .flatMap(org.heliograph.server.config.MixerSettings::believeFrom)
            .orElse(relays);
    return source -> host(source.remote()).filter(h -> contains(networks, h)).isPresent();
  }

  private static boolean contains(List<Network> networks, InetAddress host) {
    return networks.stream().anyMatch(network -> network.contains(host));
  }

  /** The address in {@code 192.0.2.1:25} or {@code [2001:db8::1]:25}; never asks a name server. */
  private static Optional<InetAddress> host(String remote) {
    int colon = remote.lastIndexOf(':');
    String literal =
        colon < 0 ? "" : remote.substring(0, colon).replaceAll("^.*/|[\\[\\]]|%.*$", "");
    try {
      return literal.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
          ? Optional.of(InetAddress.getByName(literal))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
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
