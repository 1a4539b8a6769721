package org.heliograph.osi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.heliograph.asn1.Octets;

/** A responder that accepts all and keeps what it gets; single steps can be replaced. */
class Collecting implements Responder {
  static final Octets ARGUMENT = Octets.ofHex("b003 0c01 61");
  static final Octets RESULT = Octets.ofHex("b103 0c01 62");

  final BlockingQueue<OpenIndication> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<byte[]> apdus = new LinkedBlockingQueue<>();
  final BlockingQueue<String> aborted = new LinkedBlockingQueue<>();
  final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
  final List<Long> secured = new ArrayList<>();

  @Override
  public Answer open(OpenIndication indication) {
    if (indication.recovers().isPresent()) {
      return new Answer.Refuse(Optional.empty(), false);
    }
    opened.add(indication);
    return new Answer.Accept(RESULT, association());
  }

  InboundAssociation association() {
    return new InboundAssociation() {
      @Override
      public ApduSink begin(Octets activityId) throws ApduRefused, IOException {
        return sink(activityId);
      }

      @Override
      public void ended(boolean orderly, String text) {
        ended.add((orderly ? "orderly: " : "") + text);
      }
    };
  }

  ApduSink sink(Octets activityId) throws ApduRefused, IOException {
    return new Keeping();
  }

  static Responder refusing(Optional<Octets> error, boolean permanent) {
    return indication -> new Answer.Refuse(error, permanent);
  }

  byte[] apdu() throws InterruptedException {
    byte[] apdu = apdus.poll(10, TimeUnit.SECONDS);
    if (apdu == null) {
      throw new AssertionError("no APDU within 10 s");
    }
    return apdu;
  }

  static String next(BlockingQueue<String> queue) throws InterruptedException {
    String text = queue.poll(10, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing within 10 s");
    }
    return text;
  }

  class Keeping implements ApduSink {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    @Override
    public void segment(ByteBuffer piece) throws ApduRefused, IOException {
      byte[] copy = new byte[piece.remaining()];
      piece.get(copy);
      octets.writeBytes(copy);
    }

    @Override
    public void secure() throws ApduRefused, IOException {
      secured.add((long) octets.size());
    }

    @Override
    public void end() throws ApduRefused, IOException {
      apdus.add(octets.toByteArray());
    }

    @Override
    public void aborted(String why) {
      aborted.add(why);
    }
  }
}
