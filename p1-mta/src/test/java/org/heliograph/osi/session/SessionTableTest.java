package org.heliograph.osi.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.transport.TPrimitive;
import org.heliograph.osi.transport.TPrimitive.TAccept;
import org.heliograph.osi.transport.TPrimitive.TConnect;
import org.heliograph.osi.transport.TPrimitive.TData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The state table of X.225 annex A for half-duplex, minor synchronize, activity management and
 * exceptions: every SPDU in every state that a peer can bring us to.
 */
class SessionTableTest {
  /** One of each; serial numbers are right where one is due. */
  private static final Map<String, String> SPDUS = new LinkedHashMap<>();

  static {
    SPDUS.put("CN", "0d 15 0509 130100 160103 1a0100 1402 0249 c104 31020500");
    SPDUS.put("AC", "0e 15 0509 130100 160102 1a0100 1402 0249 c104 31020500");
    SPDUS.put("RF", "0c 03 320102");
    SPDUS.put("FN", "09 03 110101");
    SPDUS.put("DN", "0a 00");
    SPDUS.put("NF", "08 00");
    SPDUS.put("AB", "19 03 110103");
    SPDUS.put("AA", "1a 00");
    SPDUS.put("GT", "01 00");
    SPDUS.put("GT data token", "01 03 100101");
    SPDUS.put("PT", "02 03 100101");
    SPDUS.put("GTC", "15 00");
    SPDUS.put("GTA", "16 00");
    SPDUS.put("DT", "0100 0100 61");
    SPDUS.put("AS", "0100 2d 05 2903 020101");
    SPDUS.put("AR", "0100 1d 0f 2108 2903 020101 2a01 31 2903 020102");
    SPDUS.put("MIP", "0100 31 03 2a01 32");
    SPDUS.put("MIA", "0200 32 03 2a01 31");
    SPDUS.put("AE", "0100 29 03 2a01 32");
    SPDUS.put("AEA", "0200 2a 03 2a01 32");
    SPDUS.put("AI", "0100 19 03 320100");
    SPDUS.put("AIA", "0200 1a 00");
    SPDUS.put("AD", "0100 39 03 320100");
    SPDUS.put("ADA", "0200 3a 00");
    SPDUS.put("ED", "0200 30 03 320100");
    SPDUS.put("ER", "0200 00 00");
    SPDUS.put("MAP with another type", "0100 31 06 0f0101 2a01 39");
    SPDUS.put("an unknown SPDU", "63 00");
  }

  private static String spdu(String name) {
    return Objects.requireNonNull(SPDUS.get(name));
  }

  /** How a state is reached, and what is legal in it; "ignored" means that all is. */
  enum Row {
    STA01C("CN") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        t.session.fromBelow(new TConnect(Octets.empty(), Octets.empty()));
      }
    },
    STA02A("AC", "RF", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        t.connect();
      }
    },
    STA08("AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA01C.reach(t);
        t.receive(spdu("CN"));
      }
    },
    /** Without an activity, the tokens are ours. */
    STA713_WITH_TOKENS("PT", "GT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        t.connect();
        t.receive(spdu("AC"));
      }
    },
    /** Without an activity, the tokens are the peer's. */
    STA713_WITHOUT_TOKENS("AS", "AR", "GTC", "GT", "FN", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA08.reach(t);
        t.session.fromAbove(new SPrimitive.SAccept(Octets.ofHex("31020500")));
      }
    },
    STA713_SENDING("MIA", "ED", "ER", "PT", "GT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_WITH_TOKENS.reach(t);
        t.session.fromAbove(new SActivity.Start(Octets.ofHex("020101")));
        t.session.fromAbove(new SActivity.SyncMinor(0, true));
      }
    },
    STA713_RECEIVING("MIP", "AE", "DT", "AI", "AD", "GT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_WITHOUT_TOKENS.reach(t);
        t.receive(spdu("AS"));
        t.receive("0100 31 03 2a01 31");
      }
    },
    STA04B("AEA", "MIA", "ED", "PT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_SENDING.reach(t);
        t.session.fromAbove(new SActivity.End(0));
      }
    },
    STA10B("AI", "AD", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_RECEIVING.reach(t);
        t.receive(spdu("AE"));
      }
    },
    /** What the receiver had sent before it saw our AI crosses it. */
    STA05B("AIA", "MIA", "AEA", "ED", "ER", "PT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_SENDING.reach(t);
        t.session.fromAbove(new SActivity.Interrupt(0));
      }
    },
    STA05C("ADA", "MIA", "AEA", "ED", "ER", "PT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_SENDING.reach(t);
        t.session.fromAbove(new SActivity.Discard(0));
      }
    },
    STA11B("AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_RECEIVING.reach(t);
        t.receive(spdu("AI"));
      }
    },
    STA11C("AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_RECEIVING.reach(t);
        t.receive(spdu("AD"));
      }
    },
    STA19("MIA", "AEA", "ED", "ER", "PT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_SENDING.reach(t);
        t.receive(spdu("ED"));
      }
    },
    /** What was under way when ED was sent is dropped, whatever its number. */
    STA20("MIP", "MAP with another type", "AE", "DT", "AI", "AD", "GT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_RECEIVING.reach(t);
        t.session.fromAbove(new SActivity.UserException(0));
      }
    },
    STA03("DN", "PT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_WITH_TOKENS.reach(t);
        t.session.fromAbove(new SPrimitive.SRelease(Octets.empty()));
      }
    },
    STA09("AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_WITHOUT_TOKENS.reach(t);
        t.receive(spdu("FN"));
      }
    },
    STA06("GTA", "PT", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_WITH_TOKENS.reach(t);
        t.session.fromAbove(new SActivity.ControlGive());
      }
    },
    /** The tokens were given away: the initiator is the receiver now. */
    STA713_GIVEN("AS", "AR", "GTC", "GT", "FN", "AB") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA06.reach(t);
        t.receive(spdu("GTA"));
      }
    },
    STA16_AFTER_OUR_ABORT("ignored") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA713_RECEIVING.reach(t);
        t.session.fromAbove(new SPrimitive.SUAbort(Octets.empty()));
      }
    },
    STA16_AFTER_RELEASE("ignored") {
      @Override
      void reach(SessionTableTest t) throws Exception {
        STA03.reach(t);
        t.receive(spdu("DN"));
      }
    };

    private final String legal;

    Row(String... legal) {
      this.legal = String.join(",", legal);
    }

    boolean takes(String what) {
      return List.of(legal.split(",")).contains(what);
    }

    abstract void reach(SessionTableTest t) throws Exception;
  }

  private List<SPrimitive> above = new ArrayList<>();
  private List<String> below = new ArrayList<>();
  private Session session = fresh();

  private Session fresh() {
    above = new ArrayList<>();
    below = new ArrayList<>();
    return new Session(above::add, this::down, Octets.empty(), Octets.empty(), false);
  }

  private void down(TPrimitive request) {
    if (request instanceof TData(ByteBuffer octets, boolean last)) {
      byte[] copy = new byte[octets.remaining()];
      octets.get(copy);
      below.add(HexFormat.of().formatHex(copy));
    }
  }

  private void connect() throws Exception {
    session.fromAbove(
        new SPrimitive.SConnect(
            Octets.empty(), Octets.empty(), Reference.NONE, Octets.ofHex("31020500")));
    session.fromBelow(new TAccept());
  }

  private void receive(String hex) throws Exception {
    session.fromBelow(
        new TData(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), true));
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void everySpdu(Row row) throws Exception {
    for (Map.Entry<String, String> spdu : SPDUS.entrySet()) {
      session = fresh();
      row.reach(this);
      above.clear();
      below.clear();
      boolean legal = row.takes(spdu.getKey());
      try {
        receive(spdu.getValue());
        if (row.takes("ignored")) {
          assertThat(above).as(row + " " + spdu.getKey()).isEmpty();
          assertThat(below).as(row + " " + spdu.getKey()).isEmpty();
          continue;
        }
        assertThat(legal).as("%s is taken in %s", spdu.getKey(), row).isTrue();
      } catch (ProtocolError refused) {
        if (row.takes("ignored")) {
          // What is no SPDU of ours is not even read that far.
          assertThat(session.abortable()).isFalse();
          continue;
        }
        assertThat(legal)
            .as("%s is refused in %s: %s", spdu.getKey(), row, refused.getMessage())
            .isFalse();
        assertThat(refused.in()).isEqualTo(ProtocolError.In.SESSION);
        assertThat(above).as("nothing is told to the user").isEmpty();
        if (session.abortable()) {
          session.abortForProtocolError();
          assertThat(below).as("AB for a protocol error").containsExactly("1903110105");
          assertThat(session.abortable()).isFalse();
        } else {
          assertThat(row).isEqualTo(Row.STA01C);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void theUserMayAbortInEveryState(Row row) throws Exception {
    row.reach(this);
    boolean can = session.abortable();
    below.clear();
    session.fromAbove(new SPrimitive.SUAbort(Octets.ofHex("3100")));
    assertThat(below).hasSize(can ? 1 : 0);
    assertThat(below).allSatisfy(ab -> assertThat(ab).startsWith("19"));
    assertThat(session.abortable()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void theConnectionMayEndInEveryState(Row row) throws Exception {
    row.reach(this);
    above.clear();
    session.fromBelow(new TPrimitive.TDisconnect(0));
    assertThat(above)
        .hasSize(row.takes("ignored") ? 0 : 1)
        .allSatisfy(told -> assertThat(told).isInstanceOf(SPrimitive.SPAbort.class));
    assertThat(session.abortable()).isFalse();
  }
}
