package org.heliograph.asn1;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SEQUENCE OF and SET OF (X.690 8.10, 8.12). */
final class ListCodec<T extends Object> extends Codec<List<T>> {
  private final Codec<T> element;
  private final boolean set;

  ListCodec(Codec<T> element, boolean set) {
    this.element = element;
    this.set = set;
  }

  @Override
  public String name() {
    return (set ? "SET OF " : "SEQUENCE OF ") + element.name();
  }

  @Override
  int tag() {
    return set ? Tag.SET : Tag.SEQUENCE;
  }

  @Override
  List<T> read(BerReader in) throws DecodeException {
    List<T> values = new ArrayList<>();
    int noted = in.violationCount();
    in.open();
    while (true) {
      try {
        if (!in.next()) {
          break;
        }
        if (!element.accepts(in.tag())) {
          throw in.fail(Tag.text(in.tag()) + " where " + element.name() + " is expected");
        }
        values.add(element.read(in));
      } catch (DecodeException e) {
        throw e.within("[" + values.size() + "]");
      }
      if (in.violationCount() > noted) {
        in.violationsWithin(noted, "[" + (values.size() - 1) + "]");
        noted = in.violationCount();
      }
    }
    in.close();
    return List.copyOf(values);
  }

  @Override
  void write(BerWriter out, List<T> values, int outerTag) {
    long before = out.written();
    if (set && out.der()) {
      out.sorted(values.stream().map(element::encodeDer).toList());
    } else {
      for (int i = values.size() - 1; i >= 0; i--) {
        element.write(out, values.get(i), element.tag());
      }
    }
    out.header(outerTag, true, out.written() - before);
  }

  @Override
  @Nullable Member inside(int tag, int from) {
    return element.accepts(tag) ? element.select(tag) : null;
  }

  @Override
  boolean streams(Set<Codec<?>> seen) {
    return false; // a mark within a list names no single place; the compiler refuses it
  }
}
