package org.heliograph.queue;

import org.heliograph.model.Dispatch;
import org.heliograph.queue.store.Stored;

/** A dispatch with the message it is about. */
record Job(Dispatch dispatch, Stored message) {}
