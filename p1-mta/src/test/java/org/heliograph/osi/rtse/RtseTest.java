package org.heliograph.osi.rtse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.acse.APrimitive;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.presentation.PPrimitive;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.presentation.PPrimitive.Context;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.heliograph.osi.session.Reference;
import org.heliograph.osi.session.SActivity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reliable transfer between its three sinks; the state table of X.228 annex A, cell by cell. */
class RtseTest {
  private static final List<Context> CONTEXTS = ApplicationContext.MTS_TRANSFER.proposed();
  private static final Octets BIND = Octets.ofHex("b003 0c01 61");
  private static final Octets ACTIVITY = Octets.ofHex("020101");

  private List<RtPrimitive> above = new ArrayList<>();
  private List<Object> below = new ArrayList<>();
  private Rtse rtse = fresh();

  private Rtse fresh() {
    List<RtPrimitive> told = new ArrayList<>();
    List<Object> said = new ArrayList<>();
    above = told;
    below = said;
    return new Rtse(told::add, said::add, said::add, ApplicationContext.MTS_TRANSFER, 64, 4);
  }

  private static RtPrimitive.Open open(Terms terms, Optional<ConnectionName> recovers) {
    return new RtPrimitive.Open(
        Address.NONE,
        Address.NONE,
        Reference.NONE,
        terms,
        recovers,
        recovers.isPresent() ? Octets.empty() : BIND);
  }

  private void initiator(boolean twa) throws Exception {
    rtse.fromAbove(open(new Terms(1, 2, twa, 0), Optional.empty()));
    // RTOAC {1, 2, open}
    rtse.fromAcse(
        new APrimitive.AAccept(
            CONTEXTS, new Pdv(3, Octets.ofHex("b10d 800101 810102 a205a003 0c0162"))));
  }

  private void indicate(String rtorq) throws Exception {
    rtse.fromAcse(
        new APrimitive.AAssociate(
            ApplicationContext.MTS_TRANSFER.name(),
            Address.NONE,
            Address.NONE,
            Reference.NONE,
            CONTEXTS,
            new Pdv(3, Octets.ofHex(rtorq))));
  }

  private void responder(boolean twa) throws Exception {
    indicate("b010 800101 810102 8201" + (twa ? "01" : "00") + " a305a003 0c0161");
    rtse.fromAbove(new RtPrimitive.Accept(Octets.ofHex("0c0162")));
  }

  private void activity(SActivity what) throws Exception {
    rtse.fromPresentation(new PPrimitive.PActivity(what));
  }

  private static ByteBuffer octets(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private void data(String hex) throws Exception {
    rtse.fromPresentation(new PPrimitive.PData(3, octets(hex), true));
  }

  // What is negotiated.

  @ParameterizedTest
  @CsvSource({
    "80013f 810102, 63, 2",
    "80013f, 63, 3", // the window's default is 3
    "'', 0, 3", // and that of the size 0
    "80020100 810110, 64, 4", // no more than we grant
    "8004000f4240 81020400, 64, 4",
  })
  void grantsTheSmaller(String proposed, int size, int window) throws Exception {
    String inner = proposed.replace(" ", "") + "a305a0030c0161";
    indicate("b0" + HexFormat.of().toHexDigits((byte) (inner.length() / 2)) + inner);
    assertThat(((RtPrimitive.Open) above.getFirst()).terms())
        .isEqualTo(new Terms(size, window, false, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b00d 8001ff 810102 a305a003 0c0161", // a negative size
        "b00d 800101 810100 a305a003 0c0161", // no window
        "b006 800101 810102", // no connection data
        "b10d 800101 810102 a205a003 0c0162", // RTOAC
        "0500",
      })
  void refusesAnRtorqThatIsBroken(String hex) {
    assertThatThrownBy(() -> indicate(hex))
        .isInstanceOfSatisfying(
            ProtocolError.class, e -> assertThat(e.in()).isEqualTo(ProtocolError.In.RTSE));
    assertThat(below).hasSize(1).first().isInstanceOf(APrimitive.AReject.class);
    assertThat(above).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b10d 800102 810102 a205a003 0c0162", // more than was proposed
        "b10d 8001ff 810102 a205a003 0c0162",
        "b10d 800101 810100 a205a003 0c0162",
        "b117 800101 810102 a20fa10d 1401 61 1708 3236313132335a5a", // not a time
        "b202 a100", // RTORJ in its place
      })
  void refusesAnRtoacThatIsBroken(String hex) throws Exception {
    rtse.fromAbove(open(new Terms(1, 2, false, 0), Optional.empty()));
    assertThatThrownBy(
            () -> rtse.fromAcse(new APrimitive.AAccept(CONTEXTS, new Pdv(3, Octets.ofHex(hex)))))
        .isInstanceOf(ProtocolError.class);
    assertThat(above).isEmpty();
  }

  @Test
  void recoversByTheNameOfTheConnection() throws Exception {
    // A recorded recovery.
    indicate(
        "b023 80013f 820100 a31ba119 14085065 72636976 616c170d 30353130 30313134 35313038 5a");
    RtPrimitive.Open open = (RtPrimitive.Open) above.getFirst();
    assertThat(open.user()).isEqualTo(Octets.empty());
    assertThat(open.recovers().orElseThrow().octets())
        .isEqualTo(Octets.ofHex("3019 14085065 72636976 616c170d 30353130 30313134 35313038 5a"));
    rtse.fromAbove(new RtPrimitive.Accept(Octets.empty()));
    APrimitive.AAccept accept = (APrimitive.AAccept) below.getFirst();
    String name = "14085065 72636976 616c170d 30353130 30313134 35313038 5a";
    assertThat(accept.user().value()).isEqualTo(Octets.ofHex("b120 80013f a21ba119" + name));
  }

  // The table.

  private static final Map<String, SActivity> EVENTS = new LinkedHashMap<>();

  static {
    EVENTS.put("START", new SActivity.Start(ACTIVITY));
    EVENTS.put("RESUME", new SActivity.Resume(ACTIVITY, ACTIVITY, Reference.NONE, 1));
    EVENTS.put("END", new SActivity.End(1));
    EVENTS.put("END+", new SActivity.EndConfirm());
    EVENTS.put("INTERRUPT", new SActivity.Interrupt(0));
    EVENTS.put("INTERRUPT+", new SActivity.InterruptConfirm());
    EVENTS.put("DISCARD", new SActivity.Discard(0));
    EVENTS.put("DISCARD+", new SActivity.DiscardConfirm());
    EVENTS.put("SYNC", new SActivity.SyncMinor(1, true));
    EVENTS.put("SYNC+", new SActivity.SyncMinorConfirm(1));
    EVENTS.put("U-EXCEPTION", new SActivity.UserException(0));
    EVENTS.put("P-EXCEPTION", new SActivity.ProviderException());
    EVENTS.put("CONTROL", new SActivity.ControlGive());
    EVENTS.put("CONTROL+", new SActivity.ControlGiven());
  }

  private static SActivity event(String name) {
    return Objects.requireNonNull(EVENTS.get(name));
  }

  enum Row {
    IDLE {
      @Override
      void reach(RtseTest t) {
        // As it is.
      }
    },
    OPENING {
      @Override
      void reach(RtseTest t) throws Exception {
        t.rtse.fromAbove(open(new Terms(1, 2, false, 0), Optional.empty()));
      }
    },
    OPEN_INDICATED {
      @Override
      void reach(RtseTest t) throws Exception {
        t.indicate("b010 800101 810102 820100 a305a003 0c0161");
      }
    },
    ASSOCIATED_WITH_THE_TURN {
      @Override
      void reach(RtseTest t) throws Exception {
        t.initiator(false);
      }
    },
    ASSOCIATED_WITHOUT_THE_TURN("START", "RESUME") {
      @Override
      void reach(RtseTest t) throws Exception {
        t.responder(false);
      }
    },
    TWO_WAY_WITHOUT_THE_TURN("START", "RESUME", "CONTROL") {
      @Override
      void reach(RtseTest t) throws Exception {
        t.responder(true);
      }
    },
    SENDING("SYNC+", "U-EXCEPTION", "P-EXCEPTION") {
      @Override
      void reach(RtseTest t) throws Exception {
        t.initiator(false);
        t.rtse.fromAbove(new RtPrimitive.Begin(ACTIVITY, 3000));
        t.rtse.fromAbove(new RtPrimitive.Piece(ByteBuffer.allocate((int) t.rtse.room())));
      }
    },
    ENDING("END+", "SYNC+", "U-EXCEPTION", "P-EXCEPTION") {
      @Override
      void reach(RtseTest t) throws Exception {
        SENDING.reach(t);
        int left = 3000 - 1024 + Wrapper.header(5, 3000).length;
        while (left > 0) {
          int n = (int) Math.min(left, t.rtse.room());
          t.rtse.fromAbove(new RtPrimitive.Piece(ByteBuffer.allocate(n)));
          left -= n;
          if (left > 0) {
            t.activity(new SActivity.SyncMinorConfirm(1));
          }
        }
      }
    },
    EXCEPTED {
      @Override
      void reach(RtseTest t) throws Exception {
        SENDING.reach(t);
        t.activity(new SActivity.UserException(0));
      }
    },
    DISCARDING("DISCARD+") {
      @Override
      void reach(RtseTest t) throws Exception {
        SENDING.reach(t);
        t.rtse.fromAbove(new RtPrimitive.Discard(true));
      }
    },
    INTERRUPTING("INTERRUPT+") {
      @Override
      void reach(RtseTest t) throws Exception {
        SENDING.reach(t);
        t.rtse.fromAbove(new RtPrimitive.Interrupt());
      }
    },
    GIVING("CONTROL+") {
      @Override
      void reach(RtseTest t) throws Exception {
        t.initiator(true);
        t.rtse.fromAbove(new RtPrimitive.TurnGive());
      }
    },
    RECEIVING("SYNC", "END", "DISCARD", "INTERRUPT") {
      @Override
      void reach(RtseTest t) throws Exception {
        t.responder(false);
        t.activity(new SActivity.Start(ACTIVITY));
        t.data("040c 280a 020105 a005 a003 800161");
      }
    },
    RESUME_INDICATED {
      @Override
      void reach(RtseTest t) throws Exception {
        t.responder(false);
        t.activity(event("RESUME"));
      }
    },
    END_INDICATED("DISCARD", "INTERRUPT") {
      @Override
      void reach(RtseTest t) throws Exception {
        RECEIVING.reach(t);
        t.activity(new SActivity.End(1));
      }
    },
    REFUSING("DISCARD", "INTERRUPT") {
      @Override
      void reach(RtseTest t) throws Exception {
        RECEIVING.reach(t);
        t.rtse.fromAbove(new RtPrimitive.NotTaken(true, ""));
      }
    },
    CLOSING {
      @Override
      void reach(RtseTest t) throws Exception {
        t.initiator(false);
        t.rtse.fromAbove(new RtPrimitive.Close());
      }
    },
    CLOSE_INDICATED {
      @Override
      void reach(RtseTest t) throws Exception {
        t.responder(false);
        t.rtse.fromAcse(new APrimitive.ARelease());
      }
    };

    private final String legal;

    Row(String... legal) {
      this.legal = String.join(",", legal);
    }

    boolean takes(String what) {
      return List.of(legal.split(",")).contains(what);
    }

    abstract void reach(RtseTest t) throws Exception;
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void everyEvent(Row row) throws Exception {
    for (Map.Entry<String, SActivity> event : EVENTS.entrySet()) {
      rtse = fresh();
      row.reach(this);
      above.clear();
      below.clear();
      boolean legal = row.takes(event.getKey());
      try {
        activity(event.getValue());
        assertThat(legal).as("%s is taken in %s", event.getKey(), row).isTrue();
      } catch (ProtocolError refused) {
        assertThat(legal).as("%s is refused in %s: %s", event.getKey(), row, refused).isFalse();
        assertThat(refused.in()).isEqualTo(ProtocolError.In.RTSE);
        assertThat(above).isEmpty();
        rtse.abortForProtocolError();
        assertThat(below).hasSize(row == Row.IDLE ? 0 : 1);
        if (row != Row.IDLE) {
          // RTAB, protocol error
          assertThat(((APrimitive.AAbort) below.getFirst()).user().value())
              .isEqualTo(Octets.ofHex("b603 800104"));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void dataAndReleaseOnlyWhereTheyBelong(Row row) throws Exception {
    row.reach(this);
    boolean takes = row == Row.RECEIVING || row == Row.REFUSING;
    if (takes) {
      data("0400");
    } else {
      assertThatThrownBy(() -> data("0400")).isInstanceOf(ProtocolError.class);
    }
    rtse = fresh();
    row.reach(this);
    above.clear();
    if (row == Row.ASSOCIATED_WITHOUT_THE_TURN || row == Row.TWO_WAY_WITHOUT_THE_TURN) {
      rtse.fromAcse(new APrimitive.ARelease());
      assertThat(above).containsExactly(new RtPrimitive.Close());
    } else {
      assertThatThrownBy(() -> rtse.fromAcse(new APrimitive.ARelease()))
          .isInstanceOf(ProtocolError.class);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Row.class, names = "IDLE", mode = EnumSource.Mode.EXCLUDE)
  void anAbortEndsEveryState(Row row) throws Exception {
    row.reach(this);
    above.clear();
    rtse.fromAcse(new APrimitive.AAbort(new Pdv(3, Octets.ofHex("b603 800103"))));
    assertThat(above)
        .containsExactly(
            new RtPrimitive.Gone("the peer aborted: temporary problem", AbortCause.OTHER));
  }

  @ParameterizedTest
  @CsvSource({
    "b603 800102, UNRECOGNIZED_ACTIVITY",
    "b603 800107, TRANSFER_COMPLETED",
    "b600, OTHER",
    "'', OTHER",
    "0500, OTHER",
  })
  void theReasonOfAnAbortIsRead(String rtab, AbortCause cause) throws Exception {
    initiator(false);
    rtse.fromAcse(new APrimitive.AAbort(new Pdv(3, Octets.ofHex(rtab))));
    assertThat(((RtPrimitive.Gone) above.getLast()).cause()).isEqualTo(cause);
  }

  // The turn.

  @Test
  void theTurnIsAskedForByPriorityAndGiven() throws Exception {
    initiator(true);
    rtse.fromPresentation(new PPrimitive.PTokenPlease(new Pdv(3, Octets.ofHex("020105"))));
    assertThat(above.getLast()).isEqualTo(new RtPrimitive.TurnPlease(5));
    rtse.fromAbove(new RtPrimitive.TurnGive());
    assertThat(rtse.turn()).isTrue();
    activity(new SActivity.ControlGiven());
    assertThat(rtse.turn()).isFalse();
    activity(new SActivity.Start(ACTIVITY));
    data("040c 280a 020105 a005 a003 800161");
    activity(new SActivity.End(1));
    assertThat(above.getLast()).isEqualTo(new RtPrimitive.End());
    rtse.fromAbove(new RtPrimitive.EndConfirm());
    rtse.fromAbove(new RtPrimitive.TurnPlease(0));
    assertThat(((PPrimitive.PTokenPlease) below.getLast()).data())
        .isEqualTo(new Pdv(3, Octets.ofHex("020100")));
    activity(new SActivity.ControlGive());
    assertThat(above.getLast()).isEqualTo(new RtPrimitive.TurnGive());
    assertThat(rtse.turn()).isTrue();
  }

  @Test
  void aMonologueHasNoTurnToGive() throws Exception {
    responder(false);
    assertThatThrownBy(() -> activity(new SActivity.ControlGive()))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining("monologue");
  }

  @Test
  void aResumedTransferSendsOnlyWhatIsBehindTheCheckpoint() throws Exception {
    initiator(false);
    int length = 3000;
    assertThat(rtse.behind(2, length)).isEqualTo(2048 - Wrapper.header(5, length).length);
    rtse.fromAbove(new RtPrimitive.Resume(ACTIVITY, ACTIVITY, Optional.empty(), 2, length));
    assertThat(below.getLast())
        .isEqualTo(
            new PPrimitive.PActivity(new SActivity.Resume(ACTIVITY, ACTIVITY, Reference.NONE, 2)));
    long left = length - rtse.behind(2, length);
    assertThat(rtse.room()).isEqualTo(left);
    rtse.fromAbove(new RtPrimitive.Piece(ByteBuffer.allocate((int) left)));
    assertThat(rtse.ending()).isTrue();
    activity(new SActivity.UserException(3));
    assertThat(above.getLast()).as("a sequence error").isEqualTo(new RtPrimitive.AlreadyTaken());
  }
}
