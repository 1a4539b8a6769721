package org.heliograph.server.bench;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a measurement has come; shown on a terminal only. */
public interface Progress {
  /** One part of the measurement has begun. */
  Part begin(String name, long of);

  /** A part. */
  interface Part extends AutoCloseable {
    /** So many are done. */
    void at(long done);

    @Override
    void close();
  }

  /** Shows nothing. */
  static Progress silent() {
    return (name, of) ->
        new Part() {
          @Override
          public void at(long done) {}

          @Override
          public void close() {}
        };
  }

  /** A bar for each part, on standard error. */
  static Progress bars() {
    return (name, of) -> {
      ProgressBar bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(of)
              .setUpdateIntervalMillis(250)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
      return new Part() {
        @Override
        public void at(long done) {
          bar.stepTo(done);
        }

        @Override
        public void close() {
          bar.close();
        }
      };
    };
  }
}
