package org.heliograph.x400.downgrade;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was left out, each thing once, at most 40 of them named. */
final class Losses {
  private static final int MOST = 40;

  private final Set<String> names = new LinkedHashSet<>();
  private int more;

  void add(String what) {
    if (names.size() < MOST) {
      names.add(what);
    } else if (!names.contains(what)) {
      more++;
    }
  }

  List<String> all() {
    if (more == 0) {
      return List.copyOf(names);
    }
    List<String> all = new java.util.ArrayList<>(names);
    all.add(more + " more");
    return List.copyOf(all);
  }
}
