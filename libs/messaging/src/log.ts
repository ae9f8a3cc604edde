// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** One line of the transport's log. There is no place for a body in it, nor for the text of a handler's error. */
export interface MessagingLogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly code: string;
  readonly account?: string | undefined;
  readonly queue?: string | undefined;
  readonly messageId?: string | undefined;
  readonly type?: string | undefined;
  /** Code of the error that a handler threw, or its class. */
  readonly cause?: string | undefined;
  readonly attempt?: number | undefined;
  /** What the broker or the network said; never out of a message. */
  readonly reason?: string | undefined;
}

export type MessagingLog = (entry: MessagingLogEntry) => void;

export const noLog: MessagingLog = () => undefined;

/** A log that fails must not take the courier with it. */
export const guarded =
  (log: MessagingLog): MessagingLog =>
  (entry) => {
    try {
      log(entry);
    } catch {
      // Nowhere to say so.
    }
  };
