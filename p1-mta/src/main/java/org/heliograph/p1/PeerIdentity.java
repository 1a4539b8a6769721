package org.heliograph.p1;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.heliograph.model.PeerName;
import org.heliograph.osi.OpenIndication;
import org.heliograph.osi.Selectors;

/**
 * Who opened an association: a recovery has no bind, so that it must come from the same place.
 *
 * @param peer as it was authenticated then
 * @param address its network address
 * @param selectors what it sent of selectors, both sides
 * @param tls its certificate's subject, empty without TLS
 */
record PeerIdentity(PeerName peer, String address, String selectors, String tls) {
  static PeerIdentity of(PeerName peer, OpenIndication from) {
    return new PeerIdentity(
        peer,
        from.peer().getAddress().getHostAddress(),
        text(from.calling()) + " " + text(from.called()),
        from.tls()
            .flatMap(tls -> tls.peerCertificates().stream().findFirst())
            .map(c -> c.getSubjectX500Principal().getName() + " " + c.getSerialNumber())
            .orElse(""));
  }

  private static String text(Selectors s) {
    return s.transport().hex(64) + "/" + s.session().hex(64) + "/" + s.presentation().hex(64);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(peer.value());
    out.writeUTF(address);
    out.writeUTF(selectors);
    out.writeUTF(tls);
  }

  static PeerIdentity read(DataInputStream in) throws IOException {
    return new PeerIdentity(new PeerName(in.readUTF()), in.readUTF(), in.readUTF(), in.readUTF());
  }
}
