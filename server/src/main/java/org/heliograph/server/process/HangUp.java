package org.heliograph.server.process;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP. Java has no public way to hear signals; the one that its virtual machines have is looked
 * for by name, and where it is not, the signal keeps what it means to the system.
 */
public final class HangUp {
  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /** From now on the signal does {@code what}, on a thread of its own. */
  public static void does(Runnable what) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle heard =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(what);
      Object handling =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(heard, 0, signal));
      Object _ =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("SIGHUP is not heard here: {}", e.toString());
    }
  }
}
