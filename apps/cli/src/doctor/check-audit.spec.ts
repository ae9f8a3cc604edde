// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { judgeAudit } from './check-audit';

const sound = { upTo: 120, unsealed: null, signed: 7 };
const place = { path: '/second', isOpen: true, lastSeal: 7 };

describe('the doctor on the chain of the audit', () => {
  it.each([
    ['failure', 'a second place that cannot be written', sound, { ...place, isOpen: false }],
    ['failure', 'a chain that has stood still for long', { ...sound, unsealed: 1_000 }, place],
    ['warning', 'a chain that lags', { ...sound, unsealed: 61 }, place],
    ['warning', 'a second place that is behind', sound, { ...place, lastSeal: 6 }],
    ['ok', 'lines of this minute', { ...sound, unsealed: 2 }, place],
    // A restored database: what it has forgotten is found by `audit verify`.
    ['ok', 'a chain with everything brought', sound, { ...place, lastSeal: 9 }],
  ])('says %s of %s', (verdict, _, state, outside) => {
    const finding = judgeAudit(state, outside);
    expect([finding.verdict, finding.remedy !== undefined]).toEqual([verdict, verdict !== 'ok']);
    expect(finding.says).not.toMatch(/[{}]/);
  });
});
