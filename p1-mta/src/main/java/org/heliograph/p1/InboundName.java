package org.heliograph.p1;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.Mode;
import org.heliograph.osi.OpenIndication;

/**
 * An association that a peer opened, and by what it can be recovered.
 *
 * @param id ours, since peers may give the same name twice
 * @param origin name of the session connection on which it began; stays
 * @param latest name of the session connection on which it is or was
 * @param said the MTA name that the peer gave when it bound
 */
record InboundName(
    String id,
    Octets origin,
    Octets latest,
    PeerIdentity peer,
    Optional<String> said,
    Mode mode,
    Checkpointing checkpointing) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new association; none if its connection has no name. */
  static Optional<InboundName> of(OpenIndication from, PeerIdentity peer, Optional<String> said) {
    return from.connection()
        .map(
            name ->
                new InboundName(
                    random(), name, name, peer, said, from.mode(), from.checkpointing()));
  }

  /** A number that nobody can guess and that does not come twice. */
  static String random() {
    byte[] octets = new byte[16];
    RANDOM.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  /** The same association on another connection. */
  InboundName on(Octets connection) {
    return new InboundName(id, origin, connection, peer, said, mode, checkpointing);
  }

  boolean named(Octets connection) {
    return connection.equals(origin) || connection.equals(latest);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(id);
    octets(out, origin);
    octets(out, latest);
    peer.write(out);
    out.writeBoolean(said.isPresent());
    out.writeUTF(said.orElse(""));
    out.writeUTF(mode.name());
    out.writeInt(checkpointing.size());
    out.writeInt(checkpointing.window());
  }

  static InboundName read(DataInputStream in) throws IOException {
    String id = in.readUTF();
    Octets origin = octets(in);
    Octets latest = octets(in);
    PeerIdentity peer = PeerIdentity.read(in);
    boolean gave = in.readBoolean();
    String said = in.readUTF();
    return new InboundName(
        id,
        origin,
        latest,
        peer,
        gave ? Optional.of(said) : Optional.empty(),
        Mode.valueOf(in.readUTF()),
        new Checkpointing(in.readInt(), in.readInt()));
  }

  static void octets(DataOutputStream out, Octets octets) throws IOException {
    byte[] array = octets.toByteArray();
    out.writeShort(array.length);
    out.write(array);
  }

  static Octets octets(DataInputStream in) throws IOException {
    return Octets.of(in.readNBytes(in.readUnsignedShort()));
  }
}
