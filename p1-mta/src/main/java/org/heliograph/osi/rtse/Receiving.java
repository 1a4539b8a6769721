package org.heliograph.osi.rtse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.presentation.PPrimitive;

/**
 * APDUs on their way in (X.228 clause 7.3): RTTRs put together and, in normal mode, the EXTERNAL
 * taken off. In X.410-1984 mode the octets stand alone.
 */
final class Receiving {
  private final Agreement agreed;
  private final Sink<ByteBuffer> apdu;
  private final Sink<ProtocolError> broken;
  private final Wrapper wrapper;
  private final Rttr rttr;
  private long octets;
  private boolean wanted;

  /**
   * @param apdu takes the octets of the APDU
   * @param broken hears that the EXTERNAL around an APDU is broken: that costs this APDU only
   */
  Receiving(Agreement agreed, Sink<ByteBuffer> apdu, Sink<ProtocolError> broken) {
    this.agreed = agreed;
    this.apdu = apdu;
    this.broken = broken;
    this.wrapper = new Wrapper(agreed.userContext(), this::piece);
    this.rttr = new Rttr(this::content);
  }

  void begin() {
    octets = 0;
    wrapper.reset();
  }

  /** Goes on with an APDU of which this stood in front; what came of it follows by replay. */
  void resume(Octets head) throws ProtocolError, IOException, InterruptedException {
    begin();
    if (!agreed.x410()) {
      wrapper.feed(ByteBuffer.wrap(head.toByteArray()));
    }
  }

  void replay(ByteBuffer again) throws ProtocolError, IOException, InterruptedException {
    wanted = true;
    content(again);
  }

  /**
   * A piece of P-DATA.
   *
   * @param wanted whether what is in it is for anybody
   */
  void data(PPrimitive.PData data, boolean wanted)
      throws ProtocolError, IOException, InterruptedException {
    this.wanted = wanted;
    if (agreed.x410()) {
      if (data.octets().hasRemaining()) {
        content(data.octets());
      }
      return;
    }
    if (data.context() != agreed.transferContext()) {
      throw Agreement.fail(
          "P-DATA", 0, "a value of context " + data.context() + " in place of RTTR");
    }
    rttr.feed(data.octets(), data.last());
  }

  private void content(ByteBuffer content) throws ProtocolError, IOException, InterruptedException {
    if (!wanted) {
      return;
    }
    if (agreed.x410()) {
      piece(content);
      return;
    }
    try {
      wrapper.feed(content);
    } catch (ProtocolError malformed) {
      if (malformed.in() != ProtocolError.In.RTSE) {
        throw malformed;
      }
      broken.accept(malformed);
    }
  }

  private void piece(ByteBuffer piece) throws ProtocolError, IOException, InterruptedException {
    octets += piece.remaining();
    apdu.accept(piece);
  }

  /** Octets of the APDU so far. */
  long octets() {
    return octets;
  }

  /** What has to be known beside the APDU's octets to go on; empty if that is not enough. */
  Optional<Octets> head() {
    return agreed.x410() ? Optional.of(Octets.empty()) : wrapper.head();
  }

  /** Checks that all is there. */
  void finish() throws ProtocolError {
    if (agreed.x410()) {
      if (octets == 0) {
        throw Agreement.fail("APDU", 0, "an activity without an APDU");
      }
      return;
    }
    wrapper.finish();
  }
}
