package org.heliograph.p1;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where in an APDU its checkpoints were. They mostly stand at one distance from each other, so that
 * one rule says it for all, also for those that come later.
 */
final class Marks {
  private static final int MOST_RULES = 256;

  /** From checkpoint {@code serial} at {@code octets} on, one every {@code distance}; 0 unknown. */
  private record Rule(int serial, long octets, long distance) {
    boolean covers(int other, long at) {
      return distance > 0 && at == octets + (other - serial) * distance;
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private int last;

  /**
   * Notes a checkpoint.
   *
   * @return whether a new rule was needed
   */
  boolean add(int serial, long octets) {
    last = serial;
    if (!rules.isEmpty()) {
      Rule rule = rules.getLast();
      if (rule.covers(serial, octets)) {
        return false;
      }
      if (rule.distance() == 0 && serial == rule.serial() + 1) {
        rules.set(rules.size() - 1, new Rule(rule.serial(), rule.octets(), octets - rule.octets()));
        return true;
      }
    }
    if (rules.size() == MOST_RULES) {
      rules.removeFirst();
    }
    rules.add(new Rule(serial, octets, 0));
    return true;
  }

  /** Where a checkpoint was; empty if it is not known. */
  OptionalLong at(int serial) {
    for (Rule rule : rules.reversed()) {
      if (serial == rule.serial() || serial > rule.serial() && rule.distance() > 0) {
        return OptionalLong.of(rule.octets() + (serial - rule.serial()) * rule.distance());
      }
    }
    return OptionalLong.empty();
  }

  /** Forgets those behind a checkpoint. */
  void cut(int serial) {
    rules.removeIf(rule -> rule.serial() > serial);
    last = serial;
  }

  int last() {
    return last;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(rules.size());
    for (Rule rule : rules) {
      out.writeInt(rule.serial());
      out.writeLong(rule.octets());
      out.writeLong(rule.distance());
    }
  }

  static Marks read(DataInputStream in) throws IOException {
    Marks marks = new Marks();
    int count = in.readInt();
    if (count < 0 || count > MOST_RULES) {
      throw new IOException(count + " rules");
    }
    for (int i = 0; i < count; i++) {
      marks.rules.add(new Rule(in.readInt(), in.readLong(), in.readLong()));
    }
    return marks;
  }
}
