package org.heliograph.server.local;

import java.util.Map;

/** What the local interface serves. Any thread may call. */
@FunctionalInterface
public interface Endpoints {
  /**
   * Answers a request.
   *
   * @param method GET or POST
   * @param path such as {@code /queue/M12}, decoded
   * @param parameters of the query, or of the JSON object that was posted, as text
   * @return what is answered as JSON
   * @throws Refused with the HTTP status, if it cannot be answered
   */
  Map<String, Object> answer(String method, String path, Map<String, String> parameters)
      throws Refused;

  /** A request that is refused, and why. */
  class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * @param status an HTTP status of 400 to 599
     */
    public Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }
}
