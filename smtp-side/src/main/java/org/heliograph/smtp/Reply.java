package org.heliograph.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Show;
import org.heliograph.model.SmtpCode;

/**
 * What a server answered (RFC 5321 4.2).
 *
 * @param code 200 to 599
 * @param lines the texts behind the codes, at least one, printable US-ASCII
 */
record Reply(int code, List<String> lines) {
  private static final int MAX_LINE = 4096;
  private static final int MAX_LINES = 200;

  Reply {
    lines = List.copyOf(lines);
  }

  /** The answer is none that SMTP knows: nothing can be built on this connection. */
  static final class Garbled extends IOException {
    private static final long serialVersionUID = 1;

    Garbled(String message) {
      super(message);
    }
  }

  /** Reads an answer of one or more lines. */
  static Reply read(Incoming in, Duration patience) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(1);
    int code = 0;
    while (true) {
      Incoming.Line line = in.line(MAX_LINE, patience, false);
      String text = line.text();
      boolean last = text.length() == 3 || text.length() > 3 && text.charAt(3) == ' ';
      boolean wellFormed =
          line.fault() == Incoming.Fault.NONE
              && (last || text.length() > 3 && text.charAt(3) == '-')
              && text.charAt(0) >= '2'
              && text.charAt(0) <= '5'
              && Character.isDigit(text.charAt(1))
              && Character.isDigit(text.charAt(2));
      int found = wellFormed ? Integer.parseInt(text.substring(0, 3)) : 0;
      if (!wellFormed || (code != 0 && code != found) || lines.size() >= MAX_LINES) {
        throw new Garbled("not an SMTP reply: '" + Show.safe(text, 60) + "' (RFC 5321 4.2)");
      }
      code = found;
      lines.add(printable(text.length() > 4 ? text.substring(4) : ""));
      if (last) {
        return new Reply(code, lines);
      }
    }
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(c >= 0x20 && c < 0x7F ? c : '?');
    }
    return shown.toString();
  }

  boolean positive() {
    return code < 300;
  }

  boolean permanent() {
    return code >= 500;
  }

  /** The code with the enhanced status code, where there is one of the same class (RFC 2034 4). */
  SmtpCode smtp() {
    return new SmtpCode(code, enhanced().orElse(code / 100 + ".0.0"));
  }

  /** The enhanced status code that the text begins with. */
  Optional<String> enhanced() {
    String text = lines.getFirst();
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    boolean status =
        word.length() >= 5
            && word.charAt(0) - '0' == code / 100
            && code / 100 != 3
            && word.matches("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}");
    return status ? Optional.of(word) : Optional.empty();
  }

  /** All of it in one line. */
  @Override
  public String toString() {
    return code + " " + String.join(" ", lines);
  }
}
