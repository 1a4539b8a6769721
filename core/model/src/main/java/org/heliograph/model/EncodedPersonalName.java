package org.heliograph.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;

/** Personal names as people write them (RFC 2156 4.1.2): {@code Marshall.M.T.Rose}. */
public final class EncodedPersonalName {
  private EncodedPersonalName() {}

  /** The text form of personal name attributes; empty if they do not keep to the restrictions. */
  public static Optional<String> format(List<OrAttribute> attributes) {
    String given = "";
    String initials = "";
    String surname = "";
    for (OrAttribute a : attributes) {
      if (a.form() != Form.PRINTABLE) {
        return Optional.empty();
      }
      switch (a.type()) {
        case GIVEN_NAME -> given = a.value();
        case INITIALS -> initials = a.value();
        case SURNAME -> surname = a.value();
        default -> {
          return Optional.empty();
        }
      }
    }
    StringBuilder text = new StringBuilder(given.isEmpty() ? "" : given + ".");
    initials.chars().forEach(c -> text.append((char) c).append('.'));
    text.append(surname);
    // reversible or not is exactly what the restrictions of 4.1.2 are about
    Optional<List<OrAttribute>> back = parse(text.toString());
    return back.isPresent() && same(back.get(), attributes)
        ? Optional.of(text.toString())
        : Optional.empty();
  }

  private static boolean same(List<OrAttribute> a, List<OrAttribute> b) {
    return a.size() == b.size() && a.containsAll(b);
  }

  /** Reads the text form; empty if it is not one that would be written. */
  public static Optional<List<OrAttribute>> parse(String text) {
    if (!PrintableText.isPrintable(text) || text.isEmpty()) {
      return Optional.empty();
    }
    List<OrAttribute> name = new ArrayList<>();
    String rest = text;
    int dot = rest.indexOf('.');
    if (dot >= 2) {
      name.add(OrAttribute.of(Type.GIVEN_NAME, rest.substring(0, dot)));
      rest = rest.substring(dot + 1);
    }
    StringBuilder initials = new StringBuilder();
    while (rest.length() > 1 && Character.isLetter(rest.charAt(0)) && rest.charAt(1) == '.') {
      initials.append(rest.charAt(0));
      rest = rest.substring(2);
    }
    if (!initials.isEmpty()) {
      name.add(OrAttribute.of(Type.INITIALS, initials.toString()));
    }
    boolean early = rest.startsWith(".") || rest.indexOf('.') == 1;
    boolean alone = name.isEmpty() && rest.indexOf('.') >= 0;
    if (rest.isEmpty() || early || alone) {
      return Optional.empty();
    }
    name.add(OrAttribute.of(Type.SURNAME, rest));
    return Optional.of(name);
  }
}
