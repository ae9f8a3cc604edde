// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { RawField } from '@tsunagi/plugin-sdk';
import { eventLayout, fieldNumber } from '../intake/event-layout';
import { judgeEvent, type JudgedEvent } from '../intake/judge-event';
import { submissionKey } from '../intake/record-key';
import type { IntakeSettings } from '../intake/to-submission';
import { controlFields } from '../layout/control-fields';
import type { IntakeRules } from '../layout/intake-rules';
import type { OpenFile } from '../layout/open-file';
import { openRecordFile } from '../layout/record-file';

/** How files of change records are written: the hub's own way, or one that a profile describes. */
export interface EventFormat extends Pick<IntakeSettings, 'keyOf' | 'asks' | 'formVersion'> {
  readonly name: string;
  /** Names of its files. */
  readonly pattern: RegExp;
  readonly serialOf?: ((fileName: string) => number | undefined) | undefined;
  readonly resultName?: ((fileName: string) => string) | undefined;
  /** 項目名 of the columns, and of what stands above the rows. */
  readonly names: readonly string[];
  readonly headNames: readonly string[];
  /** 1-based place of 外部管理番号. */
  readonly externalNumber: number;
  /** May a row of it say 同意「1 あり」? */
  readonly asserts: boolean;
  /** Opens a file; never throws. */
  readonly open: (bytes: Uint8Array, fileName: string) => OpenFile;
  /** Judges one row; never throws. @param madeOn of the file */
  readonly judge: (fields: readonly RawField[], rules: IntakeRules, madeOn?: string) => JudgedEvent;
  /** The sender's own number of a row that waits, and the hub's key for it, where they could be read. */
  readonly ownKeys: (fields: readonly RawField[]) => { readonly label?: string; readonly key?: string };
}

/** `KAInnnnn.CSV`, the layout of this hub's own. */
export const standardFormat: EventFormat = {
  name: 'standard',
  pattern: /^KAI[0-9]{5}\.CSV$/i,
  names: eventLayout.map(({ name }) => name),
  headNames: controlFields,
  externalNumber: fieldNumber('externalNumber'),
  asserts: true,
  open: openRecordFile,
  judge: judgeEvent,
  ownKeys: (fields) => {
    const text = (key: 'insurer' | 'externalNumber', form: RegExp) =>
      form.exec(fields[fieldNumber(key) - 1]?.text ?? '')?.[0];
    const externalNumber = text('externalNumber', /^[A-Z0-9-]{1,20}$/);
    const insurer = text('insurer', /^[0-9]{8}$/);
    return {
      ...(externalNumber && { label: externalNumber }),
      ...(insurer && externalNumber && { key: submissionKey({ insurer, externalNumber }) }),
    };
  },
};
