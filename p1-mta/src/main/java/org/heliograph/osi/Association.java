package org.heliograph.osi;

import java.io.IOException;
import org.heliograph.asn1.Octets;
import org.heliograph.wire.Wire;

/**
 * An association that we opened: monologue, and the turn is always ours. Owned by one virtual thread, which makes
 * all calls; {@link #interrupt} alone is for any thread.
 */
public final class Association implements AutoCloseable {
  private Association() {}

  /**
   * Connects, and sets up all layers up to the user's bind.
   *
   * @param bindArgument user data of RTORQ, one complete element: for P1, {@code [16] MTABindArgument}
   * @throws BindRefused if the peer answers and refuses
   * @throws IOException if there is no connection, no answer in time, or the peer breaks the protocol (the message
   *     says in which layer, at which octet, which rule)
   */
  public static Association open(Wire wire, AssociationSettings settings, Octets bindArgument)
      throws BindRefused, IOException, InterruptedException {
    throw new IOException("being built");
  }

  /** User data of RTOAC as one complete element: for P1, {@code [17] MTABindResult}. */
  public Octets bindResult() {
    return Octets.empty();
  }

  /** What the two sides agreed on. */
  public Checkpointing checkpointing() {
    return Checkpointing.NONE;
  }

  /** The peer's address and port, for a log line. */
  public String peer() {
    return "";
  }

  /**
   * Transfers one APDU as one activity and waits for its end to be confirmed. The EXTERNAL around the APDU is
   * written here.
   *
   * @throws IOException if the source cannot be read; the activity is discarded then, and the association may
   *     still be {@link #usable}
   */
  public TransferResult transfer(ApduSource apdu, TransferObserver observer)
      throws IOException, InterruptedException {
    throw new IOException("being built");
  }

  /**
   * Whether another transfer can be tried. Looks at what the peer has sent since, such as an abort, without
   * waiting.
   */
  public boolean usable() throws InterruptedException {
    return false;
  }

  /** Releases the association in an orderly way and closes the connection. Never throws for a peer's fault. */
  public void release() throws InterruptedException {}

  /** Aborts the association (RTAB, temporary problem) and closes the connection. */
  public void abort() {}

  /** From any thread: aborts as soon as the owner waits or writes next; a transfer ends as broken. */
  public void interrupt() {}

  /** Aborts the association unless it was released. */
  @Override
  public void close() {}
}
