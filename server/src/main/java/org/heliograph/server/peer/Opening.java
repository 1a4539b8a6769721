package org.heliograph.server.peer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.External;
import org.heliograph.asn1.Null;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.acse.AARQApdu;
import org.heliograph.asn1.acse.ACSEApdu;
import org.heliograph.asn1.acse.RLRQApdu;
import org.heliograph.asn1.acse.ReleaseRequestReason;
import org.heliograph.asn1.acse.X227;
import org.heliograph.asn1.presentation.CPNormal;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.ContextItem;
import org.heliograph.asn1.presentation.ModeSelector;
import org.heliograph.asn1.presentation.ModeValue;
import org.heliograph.asn1.presentation.PDVList;
import org.heliograph.asn1.presentation.PresentationDataValues;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.asn1.presentation.X226;
import org.heliograph.asn1.presentation.X410Connect;
import org.heliograph.asn1.rtse.ConnectionData;
import org.heliograph.asn1.rtse.DialogueMode;
import org.heliograph.asn1.rtse.RTORQapdu;
import org.heliograph.asn1.rtse.RTSEApdus;
import org.heliograph.asn1.x411.AuthenticatedBindArgument;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.Credentials;
import org.heliograph.asn1.x411.MTABindArgument;
import org.heliograph.asn1.x411.Password;
import org.heliograph.osi.Mode;
import org.heliograph.osi.Selectors;
import org.heliograph.osi.rtse.ApplicationContext;

/**
 * The octets that open and release an association: CR, CN with everything in it, FN.
 *
 * @param twoWayAlternate the dialogue mode that is asked for
 * @param context the application context, which also a wrong one can be
 * @param checkpoint size in units of 1024 octets
 * @param versionOne only version 1 of the session protocol is proposed
 */
public record Opening(
    Target target,
    boolean twoWayAlternate,
    ObjectIdentifier context,
    int checkpoint,
    int window,
    boolean versionOne) {
  private static final int ACSE = 1;
  private static final int RTSE = 3;
  private static final int USER = 5;
  private static final int VERSION_1_DATA = 512;

  /** As a switch of ours would. */
  public static Opening of(Target target) {
    return new Opening(target, false, ApplicationContext.MTS_TRANSFER.name(), 63, 3, false);
  }

  public Opening withTwoWayAlternate() {
    return new Opening(target, true, context, checkpoint, window, versionOne);
  }

  public Opening withVersionOne() {
    return new Opening(target, twoWayAlternate, context, checkpoint, window, true);
  }

  /** Whether session version 1 can carry it: at most 512 octets of user data. */
  public boolean fitsVersionOne() {
    return cp().length() <= VERSION_1_DATA;
  }

  public Opening withContext(ObjectIdentifier other) {
    return new Opening(target, twoWayAlternate, other, checkpoint, window, versionOne);
  }

  /** CR in its TPKT (X.224 clause 13.3). */
  public byte[] cr() {
    ByteArrayOutputStream variable = new ByteArrayOutputStream();
    Selectors calling = target.calling();
    parameter(variable, 0xC1, calling.transport());
    parameter(variable, 0xC2, target.called().transport());
    ByteArrayOutputStream tpdu = new ByteArrayOutputStream();
    tpdu.write(6 + variable.size());
    tpdu.writeBytes(new byte[] {(byte) 0xE0, 0, 0, 0x12, 0x34, 0});
    tpdu.writeBytes(variable.toByteArray());
    return tpkt(tpdu.toByteArray());
  }

  /** DT with the CN SPDU (X.225 clause 8.3.1). */
  byte[] cn() {
    Octets cp = cp();
    ByteArrayOutputStream references = new ByteArrayOutputStream();
    parameter(
        references,
        10,
        Codecs.TELETEX_STRING.encode(
            new Text(
                Text.Kind.TELETEX,
                Octets.of("heliograph ping".getBytes(StandardCharsets.US_ASCII)))));
    parameter(references, 11, Codecs.UTC_TIME.encode(Time.utc(Instant.now())));
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    item.writeBytes(new byte[] {19, 1, 0});
    // A user data of more than 512 octets needs version 2 (X.225 clause 8.3.1.19).
    item.writeBytes(
        new byte[] {22, 1, (byte) (versionOne ? 1 : cp.length() > VERSION_1_DATA ? 2 : 3)});
    item.writeBytes(new byte[] {26, 1, 0});
    ByteArrayOutputStream spdu = new ByteArrayOutputStream();
    parameter(spdu, 1, Octets.of(references.toByteArray()));
    parameter(spdu, 5, Octets.of(item.toByteArray()));
    spdu.writeBytes(new byte[] {20, 2, 0x02, 0x49});
    parameter(spdu, 51, target.calling().session());
    parameter(spdu, 52, target.called().session());
    parameter(spdu, cp.length() > VERSION_1_DATA ? 194 : 193, cp);
    return dt(spdu(13, spdu.toByteArray()));
  }

  /** DT with the FN SPDU, which asks for the transport connection to be released. */
  byte[] fn() {
    ByteArrayOutputStream spdu = new ByteArrayOutputStream();
    spdu.writeBytes(new byte[] {17, 1, 1});
    if (target.mode() == Mode.NORMAL) {
      Octets rlrq =
          ACSEApdu.CODEC.encode(
              new ACSEApdu.Rlrq(new RLRQApdu(ReleaseRequestReason.NORMAL, null, List.of())));
      parameter(spdu, 193, UserData.CODEC.encode(data(ACSE, rlrq)));
    }
    return dt(spdu(9, spdu.toByteArray()));
  }

  private Octets cp() {
    Octets bind = bind();
    ConnectionData open = new ConnectionData.Open(new Any(bind));
    long dialogue = twoWayAlternate ? DialogueMode.TWA : DialogueMode.MONOLOGUE;
    if (target.mode() != Mode.NORMAL) {
      return CPType.CODEC.encode(
          new CPType(
              new ModeSelector(ModeValue.X410_1984_MODE),
              new X410Connect(
                  checkpoint, window, dialogue, open, (long) target.mode().applicationProtocol()),
              null));
    }
    Octets rtorq =
        RTSEApdus.CODEC.encode(
            new RTSEApdus.RtorqApdu(new RTORQapdu(checkpoint, window, dialogue, open, null)));
    AARQApdu aarq =
        AARQApdu.builder()
            .applicationContextName(context)
            .userInformation(
                List.of(
                    new External(
                        X226.BASIC_ENCODING_RULES,
                        (long) RTSE,
                        null,
                        new External.Encoding.SingleAsn1Type(new Any(rtorq)))))
            .build();
    List<ObjectIdentifier> ber = List.of(X226.BASIC_ENCODING_RULES);
    ApplicationContext mts = ApplicationContext.MTS_TRANSFER;
    CPNormal normal =
        CPNormal.builder()
            .callingPresentationSelector(optional(target.calling().presentation()))
            .calledPresentationSelector(optional(target.called().presentation()))
            .presentationContextDefinitionList(
                List.of(
                    new ContextItem(ACSE, X227.ACSE_ABSTRACT_SYNTAX, ber),
                    new ContextItem(RTSE, mts.transferSyntax(), ber),
                    new ContextItem(USER, mts.userSyntax(), ber)))
            .userData(data(ACSE, ACSEApdu.CODEC.encode(new ACSEApdu.Aarq(aarq))))
            .build();
    return CPType.CODEC.encode(new CPType(new ModeSelector(ModeValue.NORMAL_MODE), null, normal));
  }

  private static UserData data(int context, Octets value) {
    return new UserData.FullyEncodedData(
        List.of(
            new PDVList(null, context, new PresentationDataValues.SingleASN1Type(new Any(value)))));
  }

  private static @org.jspecify.annotations.Nullable Octets optional(Octets selector) {
    return selector.isEmpty() ? null : selector;
  }

  /** MTABindArgument; bare in X.410-1984 mode, tagged [16] else (X.419 clause 8). */
  public Octets bind() {
    MTABindArgument argument =
        target
            .ours()
            .<MTABindArgument>map(
                c ->
                    new MTABindArgument.Authenticated(
                        new AuthenticatedBindArgument(Text.ia5(c.name()), credentials(c), null)))
            .orElseGet(() -> new MTABindArgument.Unauthenticated(Null.NULL));
    return target.mode() == Mode.NORMAL
        ? BindOperation.CODEC.encode(new BindOperation.Argument(argument))
        : MTABindArgument.CODEC.encode(argument);
  }

  private Credentials credentials(org.heliograph.p1.Credentials ours) {
    String recipient = target.theirs().map(c -> c.name()).orElse("");
    return target
        .strong()
        .credentials(recipient, InstantSource.system())
        .orElseGet(() -> password(ours));
  }

  private static Credentials password(org.heliograph.p1.Credentials ours) {
    Octets octets = Octets.of(ours.password().toArray());
    return new Credentials.Simple(
        ours.asOctets()
            ? new Password.OctetString(octets)
            : new Password.Ia5String(new Text(Text.Kind.IA5, octets)));
  }

  private static void parameter(ByteArrayOutputStream out, int code, Octets value) {
    if (!value.isEmpty()) {
      out.write(code);
      length(out, (int) value.length());
      out.writeBytes(value.toByteArray());
    }
  }

  private static byte[] spdu(int si, byte[] parameters) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(si);
    length(out, parameters.length);
    out.writeBytes(parameters);
    return out.toByteArray();
  }

  private static void length(ByteArrayOutputStream out, int length) {
    if (length > 254) {
      out.write(0xFF);
      out.write(length >> 8);
    }
    out.write(length);
  }

  private static byte[] dt(byte[] tsdu) {
    ByteArrayOutputStream tpdu = new ByteArrayOutputStream();
    tpdu.writeBytes(new byte[] {2, (byte) 0xF0, (byte) 0x80});
    tpdu.writeBytes(tsdu);
    return tpkt(tpdu.toByteArray());
  }

  private static byte[] tpkt(byte[] tpdu) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = tpdu.length + 4;
    out.writeBytes(new byte[] {3, 0, (byte) (length >> 8), (byte) length});
    out.writeBytes(tpdu);
    return out.toByteArray();
  }
}
