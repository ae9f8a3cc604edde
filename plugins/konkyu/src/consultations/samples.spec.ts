// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { SqlRow } from '@tsunagi/plugin-sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '../../test/consultation-row';
import { konkyuPlugin } from '../konkyu.plugin';
import { readConsultationRow } from '../profiles/consultation-view';
import { toSubmission } from './to-submission';

const [sample = ''] = konkyuPlugin.samples;
const rows = JSON.parse(readFileSync(join(__dirname, '../..', sample), 'utf8')) as SqlRow[];

/** What a vendor reads in the sample: each row and what becomes of it. */
const outcomes = [
  { ok: true, value: { kind: 'referral', to: { domain: 'kaigo' }, asserted: { code: '1' } } },
  { ok: true, value: { kind: 'support_request', to: 'unknown', asserted: { code: '9' } } },
  { ok: false, code: 'E-ERA', field: 11 },
  { ok: false, code: 'S-MYNUMBER', field: 21 },
  { ok: true, warnings: [{ code: 'W-GAIJI', field: 7 }] },
  { ok: true, value: { source: { change: 'ended' } } },
  { ok: true, value: { source: { key: 'KS-2026-0107/4', change: 'changed' } } },
];

describe('the sample rows of the view', () => {
  it('become what the README says of them', () => {
    const read = rows
      .map(readConsultationRow)
      .map((reading) => 'event' in reading && toSubmission(reading.event, settings));
    expect(read).toHaveLength(outcomes.length);
    expect(read).toMatchObject(outcomes);
  });
});
