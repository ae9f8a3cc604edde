// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { EnvelopeControl, RawField } from '@tsunagi/plugin-sdk';

/** A file whose frame is in order, whatever frame that is: its rows one by one, as they are asked for. */
export type OpenFile =
  | {
      readonly ok: true;
      /** Undefined of a file without a control record. */
      readonly control: EnvelopeControl | undefined;
      readonly rows: Iterable<OpenRow>;
      /** `YYYYMMDD` on which the file was made, where its name says so. */
      readonly madeOn?: string | undefined;
    }
  | {
      readonly ok: false;
      readonly code: string;
      readonly field?: number;
      readonly control?: EnvelopeControl | undefined;
    };

export interface OpenRow {
  /** From 1. */
  readonly row: number;
  /** What makes the record, as it came: the same in another file or at another place is the same content. */
  readonly content: Uint8Array;
  readonly fields: readonly RawField[];
}
