package org.heliograph.queue.lists;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.model.Address;
import org.heliograph.model.AddressText;
import org.heliograph.model.Show;

/**
 * Members in a file: one address a line, a mailbox or an O/R address such as {@code
 * /S=SMITH/PRMD=BRAVO/ADMD= /C=XX/}; what follows a number sign is a remark. Read at each
 * expansion, so that a change counts at once.
 *
 * @param file in UTF-8, at most {@value #MOST} members
 */
public record MemberFile(Path file) implements Members {
  private static final int MOST = 100_000;
  private static final int LONGEST_LINE = 4096;

  @Override
  public List<Address> all() throws IOException {
    List<Address> members = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        int remark = line.indexOf('#');
        String text = (remark < 0 ? line : line.substring(0, remark)).strip();
        if (text.isEmpty()) {
          continue;
        }
        members.add(address(text, number));
        if (members.size() > MOST) {
          throw new IOException(file.getFileName() + " has more than " + MOST + " members");
        }
      }
    }
    return members;
  }

  private Address address(String text, int number) throws IOException {
    try {
      if (text.length() > LONGEST_LINE) {
        throw new IllegalArgumentException("longer than " + LONGEST_LINE + " characters");
      }
      return AddressText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file.getFileName()
              + " line "
              + number
              + ": '"
              + Show.safe(text, 80)
              + "' is no address: "
              + e.getMessage(),
          e);
    }
  }
}
