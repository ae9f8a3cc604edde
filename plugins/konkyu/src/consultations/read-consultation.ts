// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FieldWarning } from '@tsunagi/plugin-sdk';
import { type ConsentCode, consents, type Target, targets } from './consultation-codes';
import type { ConsultationKey } from './consultation-key';
import { type ConsultationColumn, consultationColumns, type ConsultationRow } from './consultation-row';
import { type PersonOfConsultation, type ReadingRules, readPerson, textColumns } from './read-person';
import { ColumnFault, Columns, judged, present } from '../database/columns';
import { fromJapaneseTimestamp } from '../database/japanese-timestamp';

/** A row that was judged sound. */
export interface Consultation extends ConsultationKey {
  readonly target: Target;
  readonly changedAt: string;
  readonly withdrawn: boolean;
  readonly consent: ConsentCode;
  /** Nothing of the person is read where nothing is asked for: of a withdrawn row, and of one that stays in the office. */
  readonly person: PersonOfConsultation | undefined;
  readonly warnings: readonly FieldWarning[];
}

/** The first fault by column counts, a possible 個人番号 before every other. Never throws. */
export function readConsultation(row: ConsultationRow, rules: ReadingRules) {
  return judged(consultationColumns, () => read(new Columns<ConsultationColumn>(row), rules));
}

function read(columns: Columns<ConsultationColumn>, rules: ReadingRules): Consultation {
  const withdrawn = columns.filled('sakujo_flg') === '1';
  const asks = !withdrawn && columns.filled('tsunagi_bunya') !== '4';
  if (asks) columns.refuseMyNumber(textColumns);
  columns.required('renban');
  const changedAt = changedAtOf(columns.required('koshin_dt'));
  columns.oneOf('sakujo_flg', ['0', '1']);
  const sodanId = present(columns.text('sodan_id', { characters: 20, units: 40 }), 'sodan_id');
  const warnings: FieldWarning[] = [];
  const person = asks ? readPerson(columns, rules, warnings) : undefined;
  const target = present(columns.oneOf('tsunagi_bunya', targets), 'tsunagi_bunya');
  // What nobody has entered is not known.
  const consent = columns.oneOf('doi_kbn', consents) ?? '9';
  return { sodanId, target, changedAt, withdrawn, consent, person, warnings };
}

function changedAtOf(written: string): string {
  const at = fromJapaneseTimestamp(written);
  if (at === null) throw new ColumnFault('E-DATE', 'koshin_dt');
  return at;
}
