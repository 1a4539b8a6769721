package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.AuthenticatedBindArgument;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.Credentials;
import org.heliograph.asn1.x411.MTABindArgument;
import org.heliograph.asn1.x411.Password;
import org.heliograph.osi.Association;
import org.heliograph.osi.AssociationSettings;
import org.heliograph.osi.BindRefused;
import org.heliograph.wire.Wire;

/** Opens associations to the switch that is measured. */
final class P1Source {
  private final Wire wire;
  private final Octets bind;

  P1Source(Wire wire, String name, String password) {
    this.wire = wire;
    this.bind =
        BindOperation.CODEC.encode(
            new BindOperation.Argument(
                new MTABindArgument.Authenticated(
                    new AuthenticatedBindArgument(
                        Text.ia5(name),
                        new Credentials.Simple(new Password.Ia5String(Text.ia5(password))),
                        null))));
  }

  Association open(InetSocketAddress to) throws IOException, InterruptedException {
    try {
      return Association.open(wire, AssociationSettings.to(to), bind);
    } catch (BindRefused e) {
      throw new IOException("no association to the switch: " + e.getMessage(), e);
    }
  }
}
