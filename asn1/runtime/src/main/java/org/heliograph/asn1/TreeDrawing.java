package org.heliograph.asn1;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One {@link Tree} being drawn: walks the elements, and the codecs beside them where they fit. */
final class TreeDrawing {
  private static final int LARGEST_VALUE_READ = 4096;
  private static final int KEY_LEVELS = 3;
  private static final Map<Integer, Codec<?>> UNIVERSAL =
      Map.ofEntries(
          Map.entry(1, Codecs.BOOLEAN),
          Map.entry(2, Codecs.BIG_INTEGER),
          Map.entry(3, Codecs.BIT_STRING),
          Map.entry(4, Codecs.OCTET_STRING),
          Map.entry(5, Codecs.NULL),
          Map.entry(6, Codecs.OBJECT_IDENTIFIER),
          Map.entry(7, Codecs.OBJECT_DESCRIPTOR),
          Map.entry(8, External.CODEC),
          Map.entry(10, Codecs.INTEGER.implicit(10)),
          Map.entry(12, Codecs.UTF8_STRING),
          Map.entry(18, Codecs.NUMERIC_STRING),
          Map.entry(19, Codecs.PRINTABLE_STRING),
          Map.entry(20, Codecs.TELETEX_STRING),
          Map.entry(21, Codecs.VIDEOTEX_STRING),
          Map.entry(22, Codecs.IA5_STRING),
          Map.entry(23, Codecs.UTC_TIME),
          Map.entry(24, Codecs.GENERALIZED_TIME),
          Map.entry(25, Codecs.GRAPHIC_STRING),
          Map.entry(26, Codecs.VISIBLE_STRING),
          Map.entry(27, Codecs.GENERAL_STRING),
          Map.entry(28, Codecs.UNIVERSAL_STRING),
          Map.entry(30, Codecs.BMP_STRING));

  /** The identifiers seen within one constructed element, for open types beside or below them. */
  private record Keys(@Nullable Keys outer, Map<String, Object> seen) {
    @Nullable Object find(String name) {
      Keys at = this;
      for (int i = 0; at != null && i < KEY_LEVELS; i++) {
        Object key = at.seen.get(name);
        if (key != null) {
          return key;
        }
        at = at.outer;
      }
      return null;
    }
  }

  /** Octets with the offset that is shown for their first. */
  private record Source(Octets octets, long base) {}

  private record Header(
      long start, int tag, boolean constructed, long length, long content, long end) {}

  /** Malformed octets or a limit; ends the drawing. */
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    Stop(long offset, String why) {
      super("stopped at octet " + offset + ": " + why, null, false, false);
    }
  }

  private final Map<String, Table> tables;
  private final Function<ObjectIdentifier, Optional<String>> names;
  private final Tree.Inside inside;
  private final Tree.Settings settings;

  TreeDrawing(
      Map<String, Table> tables,
      Function<ObjectIdentifier, Optional<String>> names,
      Tree.Inside inside,
      Tree.Settings settings) {
    this.tables = tables;
    this.names = names;
    this.inside = inside;
    this.settings = settings;
  }

  private final StringBuilder text = new StringBuilder();
  private int lines;

  String draw(Octets octets, @Nullable Codec<?> codec) {
    try {
      Source source = new Source(octets, 0);
      Keys keys = new Keys(null, new HashMap<>());
      long at = 0;
      if (octets.isEmpty()) {
        throw new Stop(0, "no octets");
      }
      while (at < octets.length()) {
        Header header = header(source, at, octets.length());
        at = element(source, header, octets.length(), top(codec, header.tag()), "", keys, 0);
      }
    } catch (Stop stop) {
      text.append("!       ").append(stop.getMessage()).append('\n');
    }
    return text.toString();
  }

  private Codec.@Nullable Member top(@Nullable Codec<?> codec, int tag) {
    return codec != null && codec.accepts(tag) ? codec.select(tag) : null;
  }

  /** Draws one element and returns the offset behind it. */
  private long element(
      Source source,
      Header header,
      long end,
      Codec.@Nullable Member member,
      String outerName,
      Keys keys,
      int depth)
      throws Stop {
    if (depth >= settings.depth()) {
      throw new Stop(source.base + header.start, "nested deeper than " + settings.depth());
    }
    String name = member == null ? "" : member.name();
    Codec<?> codec = member == null ? null : member.codec();
    if (codec != null && codec.base() instanceof AnyCodec open) {
      Table.Entry entry = entry(open, keys);
      Codec<?> opened =
          entry != null ? entry.codec() : within(source, header, name.isEmpty() ? outerName : name);
      codec = null;
      name = entry == null ? name : (name.isEmpty() ? "" : name + " ") + "(" + entry.name() + ")";
      if (opened != null && opened.accepts(header.tag)) {
        Codec.Member selected = opened.select(header.tag);
        codec = selected.codec();
        name =
            selected.name().isEmpty()
                ? name
                : name.isEmpty() ? selected.name() : name + " " + selected.name();
      }
    }
    if (codec == null && Tag.classOf(header.tag) == 0) {
      codec = UNIVERSAL.get(header.tag);
    }
    if (!header.constructed) {
      long behind = Math.min(header.end, end);
      leaf(source, header, behind, header.end > end, name, codec, keys, depth);
      return behind;
    }
    if (codec != null && simple(codec.base())) {
      long behind = behind(source, header, end);
      if (behind >= 0 && leaf(source, header, behind, false, name, codec, keys, depth)) {
        return behind;
      }
    }
    line(source, header, depth, name, "");
    String inner = name.isEmpty() ? outerName : name;
    return children(source, header, end, codec, inner, new Keys(keys, new HashMap<>()), depth + 1);
  }

  private long children(
      Source source,
      Header header,
      long end,
      @Nullable Codec<?> codec,
      String name,
      Keys keys,
      int depth)
      throws Stop {
    long at = header.content;
    long childrenEnd = header.length < 0 ? end : Math.min(header.end, end);
    int next = 0;
    while (true) {
      if (header.length >= 0 && at == childrenEnd) {
        if (childrenEnd < header.end) {
          throw cut(source, header, end);
        }
        return at;
      }
      Header child = header(source, at, childrenEnd);
      if (child.tag == 0) {
        if (header.length >= 0) {
          throw new Stop(source.base + at, "end-of-contents where none is open");
        }
        return child.content;
      }
      Codec.Member member = codec == null ? null : codec.inside(child.tag, next);
      next = member == null ? next : member.next();
      at = element(source, child, childrenEnd, member, name, keys, depth);
    }
  }

  private boolean simple(Codec<?> base) {
    return !(base instanceof Struct
        || base instanceof Choice
        || base instanceof ListCodec
        || base instanceof Explicit
        || base instanceof AnyCodec);
  }

  private Table.@Nullable Entry entry(AnyCodec open, Keys keys) {
    Object key = open.key().isEmpty() ? null : keys.find(open.key());
    for (String name : open.tables()) {
      Table table = tables.get(name);
      Table.Entry entry = table == null || key == null ? null : table.findKey(key);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  private @Nullable Codec<?> within(Source source, Header header, String name) {
    long end = header.length < 0 ? source.octets.length() : header.end;
    long count = Math.min(end, source.octets.length()) - header.start;
    return inside.codec(name, source.octets.slice(header.start, count)).orElse(null);
  }

  /** Draws a value; false when it is constructed and cannot be read as one. */
  private boolean leaf(
      Source source,
      Header header,
      long end,
      boolean cut,
      String name,
      @Nullable Codec<?> codec,
      Keys keys,
      int depth)
      throws Stop {
    long length = end - header.content;
    Octets content = source.octets.slice(header.content, length);
    if (cut) {
      line(source, header, depth, name, content.hex(settings.characters() / 2));
      throw cut(source, header, end);
    }
    if (codec == null) {
      line(source, header, depth, name, untyped(content));
      return true;
    }
    if (codec.base() instanceof StringCodec && length > LARGEST_VALUE_READ) {
      Octets string = string(source, header, end);
      if (string == null) {
        return false;
      }
      holding(source, header, name, string, depth);
      return true;
    }
    if (length > LARGEST_VALUE_READ) {
      line(source, header, depth, name, length + " octets " + content.hex(24));
      return true;
    }
    return value(source, header, end, name, codec, keys, depth);
  }

  private <T extends Object> boolean value(
      Source source, Header header, long end, String name, Codec<T> codec, Keys keys, int depth)
      throws Stop {
    T value;
    try {
      BerReader in =
          new BerReader(source.octets.slice(header.start, end - header.start), Limits.DEFAULT);
      in.next();
      value = codec.read(in);
    } catch (DecodeException e) {
      if (header.constructed) {
        return false;
      }
      Octets content = source.octets.slice(header.content, end - header.content);
      line(source, header, depth, name, content.hex(32) + " ! " + e.rule());
      return true;
    }
    int dot = name.indexOf('.');
    keys.seen.put(dot < 0 ? name : name.substring(0, dot), value);
    if (value instanceof Octets string) {
      holding(source, header, name, string, depth);
    } else {
      line(source, header, depth, name, text(codec, value));
    }
    return true;
  }

  private <T extends Object> String text(Codec<T> codec, T value) {
    return switch (value) {
      case Time time -> time.text();
      case Null nothing -> "";
      case ObjectIdentifier oid -> oid + names.apply(oid).map(n -> " (" + n + ")").orElse("");
      default -> codec.text(value);
    };
  }

  private @Nullable Octets string(Source source, Header header, long end) {
    try {
      BerReader in =
          new BerReader(source.octets.slice(header.start, end - header.start), Limits.DEFAULT);
      in.next();
      return StringCodec.octets(in, Tag.OCTET_STRING);
    } catch (DecodeException e) {
      return null;
    }
  }

  /** A string of octets, and what it holds if that is known. */
  private void holding(Source source, Header header, String name, Octets string, int depth)
      throws Stop {
    Codec<?> codec = string.isEmpty() ? null : inside.codec(name, string).orElse(null);
    String shown = string.length() + " octets";
    if (codec == null) {
      line(source, header, depth, name, shown + " " + untyped(string));
      return;
    }
    boolean joined = header.constructed;
    line(
        source,
        header,
        depth,
        name,
        shown + (joined ? " in pieces; the offsets below count within them" : " that hold"));
    Source held = new Source(string, joined ? 0 : source.base + header.content);
    long at = 0;
    while (at < string.length()) {
      Header child = header(held, at, string.length());
      Keys keys = new Keys(null, new HashMap<>());
      at = element(held, child, string.length(), top(codec, child.tag), name, keys, depth + 1);
    }
  }

  private String untyped(Octets octets) {
    if (octets.isEmpty()) {
      return "";
    }
    Octets some = octets.slice(0, Math.min(octets.length(), settings.characters()));
    boolean printable = true;
    for (byte octet : some.toByteArray()) {
      printable &= (octet >= ' ' && octet < 0x7F) || (octet >= '\t' && octet <= '\r');
    }
    if (printable && octets.length() > 1) {
      return "\""
          + new Text(Text.Kind.IA5, some)
          + (octets.length() > some.length() ? "..." : "")
          + "\"";
    }
    return octets.hex(24);
  }

  /** The offset behind a constructed element, -1 where it is cut off. */
  private long behind(Source source, Header header, long end) throws Stop {
    if (header.length >= 0) {
      return header.end <= end ? header.end : -1;
    }
    long at = header.content;
    int open = 1;
    while (open > 0) {
      if (at >= end) {
        return -1;
      }
      Header child = header(source, at, end);
      if (child.tag == 0) {
        open--;
        at = child.content;
      } else if (child.length < 0) {
        open++;
        at = child.content;
      } else {
        at = child.end;
      }
    }
    return at;
  }

  private Stop cut(Source source, Header header, long end) {
    return new Stop(
        source.base + end,
        "the octets end within the element at "
            + (source.base + header.start)
            + ", whose length is "
            + header.length);
  }

  private Header header(Source source, long start, long end) throws Stop {
    BerHeader found = BerHeader.read(source.octets, start, end);
    if (found.problem() != null) {
      throw new Stop(source.base + found.position(), found.problem());
    }
    return new Header(
        start,
        found.tag(),
        found.constructed(),
        found.length(),
        found.position(),
        found.length() < 0 ? Long.MAX_VALUE : found.position() + found.length());
  }

  private void line(Source source, Header header, int depth, String name, String value)
      throws Stop {
    if (++lines > settings.lines()) {
      throw new Stop(source.base + header.start, "more than " + settings.lines() + " lines");
    }
    StringBuilder line = new StringBuilder(String.format("%6d  ", source.base + header.start));
    line.repeat("  ", depth);
    line.append(name).append(name.isEmpty() ? "" : " ").append(Tag.text(header.tag));
    if (!value.isEmpty()) {
      line.append("  ").append(clean(value));
    }
    text.append(line).append('\n');
  }

  /** At most so many characters, none that would disturb a terminal. */
  private String clean(String value) {
    StringBuilder clean = new StringBuilder();
    value
        .codePoints()
        .limit(settings.characters())
        .forEach(
            c -> {
              if (c == '\n') {
                clean.append("\\n");
              } else if (c == '\r') {
                clean.append("\\r");
              } else if (c == '\t') {
                clean.append("\\t");
              } else if (Character.isISOControl(c) || !Character.isDefined(c)) {
                clean.append(String.format("\\u%04x", c));
              } else {
                clean.appendCodePoint(c);
              }
            });
    return value.length() > settings.characters() ? clean + "..." : clean.toString();
  }
}
