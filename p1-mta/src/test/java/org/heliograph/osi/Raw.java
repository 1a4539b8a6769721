package org.heliograph.osi;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The other side of a connection, octet by octet. */
final class Raw implements Closeable {
  private final Socket socket;
  private final DataInputStream in;

  Raw(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  static Raw connect(InetSocketAddress address) throws IOException {
    return new Raw(new Socket(address.getAddress(), address.getPort()));
  }

  void send(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
  }

  /** A TSDU in one DT. */
  void sendTsdu(byte[] tsdu) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = tsdu.length + 7;
    out.writeBytes(
        new byte[] {3, 0, (byte) (length >> 8), (byte) length, 2, (byte) 0xF0, (byte) 0x80});
    out.writeBytes(tsdu);
    send(out.toByteArray());
  }

  /** A TPDU without its TPKT header. */
  byte[] tpdu() throws IOException {
    if (in.readUnsignedByte() != 3) {
      throw new IOException("no TPKT");
    }
    in.readByte();
    byte[] tpdu = new byte[in.readUnsignedShort() - 4];
    in.readFully(tpdu);
    return tpdu;
  }

  byte[] tsdu() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      byte[] tpdu = tpdu();
      if ((tpdu[1] & 0xFF) != 0xF0) {
        throw new IOException("no DT: " + tpdu[1]);
      }
      all.write(tpdu, 3, tpdu.length - 3);
      if (tpdu[2] != 0) {
        return all.toByteArray();
      }
    }
  }

  /** Whether the other side has nothing more to say. */
  boolean ended() throws IOException {
    try {
      in.readByte();
      return false;
    } catch (EOFException end) {
      return true;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
