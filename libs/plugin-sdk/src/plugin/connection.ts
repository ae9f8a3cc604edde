// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding, ReferralResponse } from '@tsunagi/contracts';
import type { Door } from '../http/door';
import type { Mapping, SubmissionDraft } from './mapping';
import type { Sink } from './sink';
import type { Source } from './source';

/** A plugin at work on its legacy system. */
export interface Connection<Event, Answer> {
  /** Events and answers coming in. */
  readonly sources: readonly Source<Event, Answer>[];
  /**
   * Pure: the same record gives the same submission.
   * @param override code of a fault in spite of which a person lets the record go on
   */
  readonly toSubmission: (record: Event, override?: string) => Mapping<SubmissionDraft>;
  /** Pure. 対応区分 60 becomes a recall acknowledgement. */
  readonly toResponse: (record: Answer) => Mapping<ReferralResponse>;
  /** Referrals, supplements, recalls and status going out. */
  readonly sink: Sink;
  /**
   * Where the legacy system calls, in the host's listener, while the plugin is at work; of a plugin that `listens`.
   * @default nobody calls
   */
  readonly door?: Door | undefined;
  /** The same calls the runtime uses. Enabling needs a passed check. */
  readonly check: () => Promise<readonly CheckFinding[]>;
  /** Gives connections back; sources and sink are idle by then. */
  readonly close?: (() => Promise<void>) | undefined;
}
