// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** An event of the department's system about a synthetic child of prefecture 99. */
export const anEvent = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  without({
    eventId: 'EV-20261110-0001',
    eventType: 'kenshin_followup',
    modificationSeg: '1',
    occurredAt: '2026-11-10T10:30:00+09:00',
    municipalityCode: '990019',
    municipalityIdentityKey: '000000000001236',
    subject: aSubject(),
    isNotDisclosed: false,
    household: [
      { role: 'parent', name: '見本　花子', age: 31, relation: '母' },
      { role: 'sibling', age: 5, relation: '姉' },
    ],
    concerns: ['disability', 'child_rearing'],
    primaryConcern: 'child_rearing',
    consent: { status: 'given', basis: '本人同意書', obtainedOn: '2026-11-10' },
    referTo: [{ domain: '2', organisation: '見本市児童発達支援センター', reason: '三歳児健診でことばの遅れ。' }],
    urgency: '1',
    historyKey: '1',
    ...changes,
  });

export const aSubject = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  without({
    role: 'child',
    name: '見本　𠮷郎',
    nameKana: 'ミホン　ヨシロウ',
    dateOfBirth: '2023-10-02',
    sex: '1',
    address: '見本県見本市見本町一丁目１番１号',
    ...changes,
  });

/** Fields that are changed to undefined are not there at all. */
function without(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
