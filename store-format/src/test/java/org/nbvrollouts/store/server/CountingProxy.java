package org.nbvrollouts.store.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Stands before an HTTP server on this machine, keeps a log of its requests and breaks those it is
 * told to. Bytes pass unchanged, so that signatures stay valid.
 */
public final class CountingProxy implements AutoCloseable {
  private static final byte[] UNAVAILABLE =
      "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.ISO_8859_1);

  private static final long DELAY_MS = 2000;

  private final ServerSocket listener;
  private final int serverPort;
  private final List<String> requests = new ArrayList<>();
  private Function<String, Optional<HttpFault>> faults = request -> Optional.empty();

  /**
   * Starts a proxy on a free port.
   *
   * @param serverPort of the loopback address
   */
  public CountingProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** Method, target and range of every request since the last {@link #forget}, in order. */
  public List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Forgets the requests so far. */
  public void forget() {
    synchronized (requests) {
      requests.clear();
    }
  }

  /**
   * Breaks requests from now on.
   *
   * @param chosen by method, target and range, for example {@code PUT /bucket/key}
   */
  public void breakRequests(Function<String, Optional<HttpFault>> chosen) {
    synchronized (requests) {
      faults = chosen;
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "counting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        daemon(() -> serve(client));
      } catch (IOException e) {
        // The proxy was closed.
        return;
      }
    }
  }

  /** One connection of the client has one of its own to the server. */
  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      InputStream fromClient = new BufferedInputStream(client.getInputStream());
      OutputStream toClient = new BufferedOutputStream(client.getOutputStream());
      InputStream fromServer = new BufferedInputStream(server.getInputStream());
      OutputStream toServer = new BufferedOutputStream(server.getOutputStream());
      while (exchange(fromClient, toClient, fromServer, toServer)) {
        // Connections are kept for as long as both sides do.
      }
    } catch (IOException e) {
      // One side went away; the other sees its connection close.
    }
  }

  private boolean exchange(
      InputStream fromClient, OutputStream toClient, InputStream fromServer, OutputStream toServer)
      throws IOException {
    Head request = Head.read(fromClient);
    if (request == null) {
      return false;
    }
    Optional<HttpFault> fault = register(request.summary());
    if (fault.equals(Optional.of(HttpFault.UNAVAILABLE))) {
      toClient.write(UNAVAILABLE);
      toClient.flush();
      return false;
    }
    if (fault.equals(Optional.of(HttpFault.DELAY))) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DELAY_MS));
    }
    toServer.write(request.bytes);
    toServer.flush();
    if (request.header("expect").isPresent()) {
      Head early = Head.read(fromServer);
      toClient.write(early.bytes);
      toClient.flush();
      if (!early.line.contains(" 100 ")) {
        early.copyBody(fromServer, toClient, false);
        toClient.flush();
        // Both sides still agree where the next message begins only if there was nothing to send.
        return request.header("content-length").filter("0"::equals).isPresent();
      }
    }
    request.copyBody(fromClient, toServer, false);
    toServer.flush();
    Head answer = Head.read(fromServer);
    if (answer == null || fault.equals(Optional.of(HttpFault.LOSE_REPLY))) {
      return false;
    }
    if (fault.equals(Optional.of(HttpFault.CUT_REPLY))) {
      answer.copyHalf(fromServer, toClient, request.line.startsWith("HEAD "));
      toClient.flush();
      return false;
    }
    toClient.write(answer.bytes);
    answer.copyBody(fromServer, toClient, request.line.startsWith("HEAD "));
    toClient.flush();
    return true;
  }

  private Optional<HttpFault> register(String request) {
    synchronized (requests) {
      requests.add(request);
      return faults.apply(request);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** First line and headers of a message. */
  private static final class Head {
    private final byte[] bytes;
    private final String line;
    private final List<String> headers;

    private Head(byte[] bytes) {
      this.bytes = bytes;
      List<String> lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
      this.line = lines.get(0);
      this.headers = lines.subList(1, lines.size());
    }

    static Head read(InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int end = 0;
      while (end < 4) {
        int next = in.read();
        if (next < 0) {
          return null;
        }
        head.write(next);
        end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
      }
      return new Head(head.toByteArray());
    }

    String summary() {
      String target = line.substring(0, line.lastIndexOf(' '));
      return header("range").map(range -> target + " " + range).orElse(target);
    }

    Optional<String> header(String name) {
      return headers.stream()
          .filter(text -> text.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(text -> text.substring(name.length() + 1).strip())
          .findFirst();
    }

    /** Half of the body; of a message without one, half of its first line. */
    void copyHalf(InputStream in, OutputStream out, boolean hasNone) throws IOException {
      long size = header("content-length").map(Long::parseLong).orElse(0L);
      if (hasNone || size == 0) {
        out.write(bytes, 0, line.length() / 2);
      } else {
        out.write(bytes);
        copy(in, out, size / 2);
      }
    }

    void copyBody(InputStream in, OutputStream out, boolean hasNone) throws IOException {
      boolean isEmpty = hasNone || line.contains(" 204 ") || line.contains(" 304 ");
      if (isEmpty) {
        return;
      }
      if (header("transfer-encoding").isPresent()) {
        copyChunks(in, out);
        return;
      }
      copy(in, out, header("content-length").map(Long::parseLong).orElse(0L));
    }

    private static void copyChunks(InputStream in, OutputStream out) throws IOException {
      long size;
      do {
        String length = copyLine(in, out);
        size = Long.parseLong(length.split(";", 2)[0].strip(), 16);
        copy(in, out, size);
        copyLine(in, out);
      } while (size > 0);
    }

    private static String copyLine(InputStream in, OutputStream out) throws IOException {
      StringBuilder text = new StringBuilder();
      int next;
      do {
        next = in.read();
        if (next < 0) {
          throw new EOFException("message ends in a chunk");
        }
        out.write(next);
        text.append((char) next);
      } while (next != '\n');
      return text.toString();
    }

    private static void copy(InputStream in, OutputStream out, long count) throws IOException {
      byte[] part = new byte[1 << 16];
      for (long left = count; left > 0; ) {
        int read = in.read(part, 0, (int) Math.min(part.length, left));
        if (read < 0) {
          throw new EOFException("message ends in its body");
        }
        out.write(part, 0, read);
        left -= read;
      }
    }
  }
}
