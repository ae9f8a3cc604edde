// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding, ItemAnswer, Trial } from '@tsunagi/contracts';
import type { InputFile, ResultRow } from '../files/result-row';
import type { DayCount } from './day-count';
import type { RowFault } from './mapping';

/** One record as a source reads it: an event (to a submission), an answer (to a response), or a fault. */
export type Reading<Event, Answer> =
  | { readonly event: Event }
  | { readonly answer: Answer }
  | { readonly quarantined: RowFault };

/** Where a record comes from. */
export interface Origin {
  /** SHA-256 of the file. */
  readonly file?: string | undefined;
  readonly fileSerial?: number | undefined;
  /** Row of the file or number of the record; 0 = the whole file. */
  readonly row: number;
}

/** A record on its way to the hub, under the name that stays the same on every re-sending. */
export interface SourceItem<Event, Answer> {
  readonly itemId: string;
  readonly origin: Origin;
  readonly reading: Reading<Event, Answer>;
  /**
   * The sender's own name of the record, as a row that waits has it: an earlier row of this name waits no longer when this
   * one is taken. Only its hash leaves the host.
   * @default the key of the submission
   */
  readonly key?: string | undefined;
  /** Code of the fault in spite of which a person lets the record go on; its mapping is told. */
  readonly override?: string | undefined;
}

/** A row that waits, and that a person lets be read again. */
export interface WaitingRow {
  /** Its name when it was sent the first time, and the one under which it goes now. */
  readonly itemId: string;
  readonly as: string;
  readonly file?: string | undefined;
  readonly row: number;
  readonly override?: string | undefined;
}

/** Takes a waiting row that was found where it came from. */
export interface Release<Event, Answer> {
  /** @param onSettled is told what has become of it, if that is ever heard */
  send(item: SourceItem<Event, Answer>, onSettled?: (settled: SettledItem) => void): void;
}

/** Why a waiting row cannot be read again. */
export type NotReleased = 'ROW_GONE' | 'ROW_CHANGED';

/** What became of an item: the hub's answer, with the fault of a record that was quarantined on this side. */
export interface SettledItem {
  readonly itemId: string;
  readonly origin: Origin;
  readonly answer: ItemAnswer;
  readonly fault?: RowFault | undefined;
}

/**
 * Of a source that can send the same items once more. While a person has yet to confirm a first file, the hub only tries
 * what comes: it takes nothing, {@link Intake.send} resolves all the same, and everything has to be sent again.
 */
export interface Tryable {
  /** `goes_on` until everything that is there has been tried, then `waits`. */
  readonly trial: Trial;
  /** Some of the items were only tried. */
  readonly onTried: () => void;
}

/** The way to the hub that a source gets for one pass. */
export interface Intake<Event, Answer> {
  /** The last watermark the hub committed for this source. */
  readonly checkpoint: string | undefined;
  /** Did a person ask for this pass? A source that paused itself goes on then. */
  readonly asked: boolean;
  /** Raised when the plugin is being disabled. */
  readonly signal: AbortSignal;
  /**
   * Sends the items and resolves when each is answered. Takes them from the iterable as they can be sent, so a large
   * file never stands in memory as items. Of items that the hub tries and does not take, see `tryable`.
   * @throws IntakeStoppedError when the plugin is disabled meanwhile; the source then leaves everything where it is.
   */
  send(
    items: Iterable<SourceItem<Event, Answer>>,
    options?: {
      /** Watermark that these items complete, ≤ 4 KiB; the hub commits it with the last of them. */
      readonly checkpoint?: string | undefined;
      /** Name of the file from which they come: a file of this name that was refused whole waits no longer. */
      readonly fileName?: string | undefined;
      readonly onSettled?: ((settled: SettledItem) => void) | undefined;
      /** @default what the hub only tries waits here until it is taken */
      readonly tryable?: Tryable | undefined;
    },
  ): Promise<void>;
  /** A file has come of the kind that is expected every night, whatever is in it; the hub misses one that does not. */
  fileTaken(): void;
  /** For kill tests: a named place in a source. Does nothing in production. */
  failpoint(name: string): void;
}

/** What a pass found out about the source itself. */
export interface PassReport {
  /** A code for the heartbeat, such as `TOO_MANY_ROWS`; absent: all is well. */
  readonly code?: string | undefined;
  /**
   * Look again soon: a person asked for this pass, and something that came just now could not be taken yet.
   * @default false
   */
  readonly again?: boolean | undefined;
  /**
   * The legacy system has not taken in what was written for it, for longer than its settings bear: when the oldest of that
   * was written.
   * @default nothing waits too long, or it cannot be seen
   */
  readonly untakenSince?: Date | undefined;
  /**
   * The source has stopped by itself, because more came than it may take unasked, and goes on when a person asks for the
   * next pass: since when. A source that says so keeps it in its checkpoint, or a restart would go on by itself.
   * @default the source goes on
   */
  readonly pausedSince?: Date | undefined;
}

/** A place where a legacy system leaves records. */
export interface Source<Event, Answer> {
  /** Name of the source and of its checkpoint: letters, digits, hyphen, at most 40. */
  readonly name: string;
  /**
   * Time between two passes.
   * @default 5000
   */
  readonly everyMs?: number | undefined;
  /**
   * Its one pass lasts for as long as the plugin is at work, and what comes to it comes by itself.
   * @default false
   */
  readonly lasting?: boolean | undefined;
  /** One pass: everything that is there now. */
  poll(intake: Intake<Event, Answer>): Promise<PassReport>;
  /**
   * What the result of this file would say: its items take the given way to the hub, and nothing of the legacy system is
   * touched. Undefined for a file that is none of this source's.
   * @default the source reads no files
   */
  dryRun?(
    file: Pick<InputFile, 'name' | 'bytes'>,
    intake: Pick<Intake<Event, Answer>, 'send'>,
  ): Promise<readonly ResultRow[] | undefined>;
  /**
   * Looks a waiting row up where it came from, and sends it. It must be the same row as then: what has changed since comes
   * by itself. Undefined: sent.
   * @default nothing of this source is kept where it could be read again
   */
  release?(row: WaitingRow, to: Release<Event, Answer>): Promise<NotReleased | undefined>;
  /**
   * How many records of this day (in Japan, `YYYY-MM-DD`) the legacy system holds for the hub; changes nothing.
   * @default nothing is compared with what the hub has taken
   * @throws when the system does not answer; it is asked again later
   */
  countDay?(day: string): Promise<readonly DayCount[]>;
  /** Can it work here? Uses the same calls as `poll`, and changes nothing. */
  check(): Promise<readonly CheckFinding[]>;
}
