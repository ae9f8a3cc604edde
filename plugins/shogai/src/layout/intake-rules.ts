// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { GaijiTable } from '@tsunagi/plugin-sdk';
import type { ShogaiConfig } from '../shogai.config';
import type { Eol } from './frames';

/** What the settings say about judging a file. */
export interface IntakeRules {
  readonly gaiji: GaijiTable;
  /** 市町村番号 of the files that are taken; undefined = any. */
  readonly municipality: string | undefined;
  readonly eol: Eol;
  readonly validityDates: 'ymd' | 'gyymmdd';
}

/** Without settings: no 外字 is known, any municipality is taken, nothing stands behind a record. */
export const anything: IntakeRules = {
  gaiji: new Map(),
  municipality: undefined,
  eol: 'none',
  validityDates: 'ymd',
};

export function rulesOf({ gaiji, municipality, eol, validityDates }: ShogaiConfig): IntakeRules {
  return { gaiji: new Map(Object.entries(gaiji)), municipality, eol, validityDates };
}
