package org.heliograph.osi.presentation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BerReader;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.presentation.PDVList;
import org.heliograph.asn1.presentation.PresentationDataValues;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.jspecify.annotations.Nullable;

/** Between PPDU octets, generated values and presentation data values. */
final class Ppdu {
  private static final Limits LIMITS = new Limits(40, 4096);
  private static final int USER_DATA_TAG = 0x61;

  private Ppdu() {}

  static <T extends Object> T decode(String ppdu, Codec<T> codec, Octets octets)
      throws ProtocolError {
    try {
      return codec.decode(new BerReader(octets, LIMITS));
    } catch (DecodeException broken) {
      throw new ProtocolError(
          ProtocolError.In.PRESENTATION,
          ppdu,
          broken.offset(),
          (broken.path().isEmpty() ? "" : broken.path() + ": ") + broken.rule());
    }
  }

  static UserData userData(Pdv pdv) {
    return new UserData.FullyEncodedData(
        List.of(
            new PDVList(
                null,
                pdv.context(),
                new PresentationDataValues.SingleASN1Type(new Any(pdv.value())))));
  }

  static Octets encode(Pdv pdv) {
    return UserData.CODEC.encode(userData(pdv));
  }

  /** The one value that user data of a control PPDU holds. */
  static Pdv value(String ppdu, @Nullable UserData data) throws ProtocolError {
    if (!(data instanceof UserData.FullyEncodedData full)) {
      throw new ProtocolError(
          ProtocolError.In.PRESENTATION,
          ppdu,
          0,
          data == null ? "no user data" : "user data that is not fully encoded");
    }
    if (full.value().isEmpty()) {
      throw new ProtocolError(
          ProtocolError.In.PRESENTATION, ppdu, 0, "user data without a PDV list");
    }
    PDVList list = full.value().getFirst();
    return new Pdv(
        list.presentationContextIdentifier(),
        switch (list.presentationDataValues()) {
          case PresentationDataValues.SingleASN1Type single -> single.value().octets();
          case PresentationDataValues.OctetAligned aligned -> aligned.value();
          case PresentationDataValues.Arbitrary bits ->
              throw new ProtocolError(
                  ProtocolError.In.PRESENTATION, ppdu, 0, "user data as a BIT STRING");
        });
  }

  /** User data of FN and DN: the User-data element alone. */
  static Pdv value(String ppdu, Octets octets) throws ProtocolError {
    return value(ppdu, decode(ppdu, UserData.CODEC, octets));
  }

  /** What stands before a value of {@code length} octets in the user data of a P-DATA. */
  static ByteBuffer dataHeader(long context, long length) {
    List<Byte> reversed = new ArrayList<>();
    long written = length;
    written += header(reversed, 0xA0, written);
    byte[] id = id(context);
    for (int i = id.length - 1; i >= 0; i--) {
      reversed.add(id[i]);
    }
    written += id.length;
    written += header(reversed, 0x30, written);
    header(reversed, USER_DATA_TAG, written);
    ByteBuffer header = ByteBuffer.allocate(reversed.size());
    reversed.reversed().forEach(header::put);
    return header.flip();
  }

  private static byte[] id(long context) {
    return org.heliograph.asn1.Codecs.INTEGER.encodeToArray(context);
  }

  private static int header(List<Byte> reversed, int tag, long length) {
    int before = reversed.size();
    int count = 0;
    if (length < 0x80) {
      reversed.add((byte) length);
    } else {
      for (long rest = length; rest > 0; rest >>>= 8, count++) {
        reversed.add((byte) rest);
      }
      reversed.add((byte) (0x80 | count));
    }
    reversed.add((byte) tag);
    return reversed.size() - before;
  }
}
