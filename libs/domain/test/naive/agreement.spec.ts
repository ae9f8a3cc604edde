// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { appendFileSync } from 'node:fs';
import { agree, noticedAt, type Agreement } from './agreement';
import { tupleAt } from './tuples';
import { decide, DenyReason, HoldReason, type DecisionInput } from '../../src';

/** `npm run test:long -- agreement` asks for a million, of another seed. */
const count = Number(process.env['AGREEMENT_TUPLES'] ?? 20_000);
const seed = Number(process.env['AGREEMENT_SEED'] ?? 1);

/** Every basis that somebody may claim for a referral. The rows of `konnan_josei` and `young_carer` carry no kind yet. */
const claimable = [
  'consent',
  'within_purpose',
  'to_person',
  'person_free',
  'law',
  'internal_reasonable',
  'public_body_reasonable',
  'benefit_of_person',
  'private_necessity',
  'shien_kaigi',
  'shien_kaigi_konkyu',
  'chosei_kaigi',
  'yotaikyo',
  'elder_abuse',
  'disability_abuse',
  'child_abuse',
  'child_abuse_request',
  'dv',
  'disaster',
  'emergency',
  'chiiki_care_kaigi',
  'shogai_kyogikai',
];

/** What is said elsewhere: the guard of sending, the ways of the hub, and what a legacy system's code means. */
const saidElsewhere = [
  'MEETING_UNKNOWN',
  'HUB_ONLY',
  'ASSERTED_WITHOUT_CONSENT',
  'ASSERTED_CONFERENCE_NEEDED',
  'ASSERTED_FORM_UNKNOWN',
];
const reasons = [...HoldReason.options, ...DenyReason.options].filter((reason) => !saidElsewhere.includes(reason));

describe(`decide() and what a stranger to it reads in DOMAIN.md, over ${count} random tuples`, () => {
  let found: Agreement;
  beforeAll(() => {
    found = agree(decide, { seed, count });
    tell(found);
  }, 1_800_000);

  it('say the same: outcome, authority, fields of each member, feedback, last moment, seals', () => {
    const first = found.disagreements.slice(0, 3);
    expect(first.map((one) => ({ ...one, input: tupleAt(seed, one.index).input }))).toEqual([]);
    expect(found.disagreements).toHaveLength(0);
  });

  it.each(claimable)('meet %s as a basis that is claimed, in one tuple of twenty', (code) => {
    expect((found.claimed[code] ?? 0) / count).toBeGreaterThanOrEqual(0.05);
  });

  it.each(claimable)('meet %s as the authority of permits', (code) => {
    expect(found.permits[code] ?? 0).toBeGreaterThanOrEqual(count / 1_000);
  });

  it.each(['permit', 'hold', 'deny'])('meet the outcome %s in one tuple of ten', (outcome) => {
    expect((found.outcomes[outcome] ?? 0) / count).toBeGreaterThanOrEqual(0.1);
  });

  it.each(reasons)('meet the reason %s', (reason) => {
    expect(found.reasons[reason] ?? 0).toBeGreaterThanOrEqual(count / 10_000);
  });

  it('meet sealed and endangered persons, each in one tuple of ten', () => {
    expect(found.sealed / count).toBeGreaterThanOrEqual(0.1);
    expect(found.endangered / count).toBeGreaterThanOrEqual(0.1);
  });
});

/** Faults as they are made, each planted by changing what `decide()` is asked: a moment too long, a sentence forgotten. */
const later = (text: string, by: number) => new Date(Date.parse(text) + by).toISOString();
const planted: Record<string, (q: DecisionInput) => DecisionInput> = {
  'an unconfirmed assertion counts at the very end of its 30 days': (q) => ({
    ...q,
    consents: q.consents.map((one) =>
      one.manner === 'asserted_by_system' ? { ...one, grantedAt: later(one.grantedAt, 1) } : one,
    ),
  }),
  'a ground counts at the very end of its hours': (q) => ({
    ...q,
    grounds: q.grounds?.map((one) => (one.decided ? one : { ...one, recordedAt: later(one.recordedAt, 1) })),
  }),
  'an approval counts one millisecond early': (q) => ({
    ...q,
    grounds: q.grounds?.map((one) =>
      one.decided ? { ...one, decided: { ...one.decided, at: later(one.decided.at, -1) } } : one,
    ),
  }),
  'an approval lets out what was not approved': (q) => ({
    ...q,
    grounds: q.grounds?.map((one) =>
      one.decided ? { ...one, decided: { ...one.decided, categories: one.categories } } : one,
    ),
  }),
  'a sitting shares at the moment of its end': (q) => ({
    ...q,
    sittings: q.sittings?.map((one) => (one.until === undefined ? one : { ...one, until: one.until + 1 })),
  }),
  'a disaster is over one millisecond late': (q) => ({
    ...q,
    authorities: q.authorities.map((row) => ({
      ...row,
      ...(row.windows && { windows: row.windows.map((window) => ({ ...window, until: later(window.until, 1) })) }),
    })),
  }),
  'a refusal of the same moment does not beat a consent': (q) => ({
    ...q,
    refusals: q.refusals.map((one) => ({ ...one, at: later(one.at, -1) })),
  }),
  'days are those of Greenwich': (q) => ({
    ...q,
    consents: q.consents.map((one) => {
      const greenwich = new Date(q.now.getTime() - 9 * 3_600_000).toISOString().slice(0, 10);
      const wrongDay = one.scope.until < new Date(q.now.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
      return wrongDay && one.scope.until >= greenwich ? { ...one, scope: { ...one.scope, until: '2030-12-31' } } : one;
    }),
  }),
  'a guardian who may not decide decides': (q) => ({
    ...q,
    consents: q.consents.map(({ entitled: _, ...one }) => one),
  }),
  'a sealed person’s address leaves': (q) => ({ ...q, seals: [] }),
  'who endangers the subject stays in': (q) => ({ ...q, dangers: [] }),
  'tax data leave without consent': (q) => ({ ...q, subject: { ...q.subject, consentOnly: [] } }),
  'secrecy need not be acknowledged': (q) => ({
    ...q,
    sittings: q.sittings?.map((one) => ({ ...one, members: one.members.map((m) => ({ ...m, acknowledged: true })) })),
  }),
  'a row permits whatever its list of recipients says': (q) => ({
    ...q,
    authorities: q.authorities.map((row) => ({ ...row, recipients: [q.recipient.bodyKind] })),
  }),
};

describe('a difference between the two', () => {
  it.each(Object.keys(planted))('is noticed within 20,000 tuples when %s', (fault) => {
    expect(noticedAt(decide, (q) => decide(planted[fault]!(q)), { seed, within: 20_000 })).toBeDefined();
  });
});

/** For the report of a long run. */
function tell({ tuples, disagreements, ...found }: Agreement): void {
  const file = process.env['TEST_LONG_NOTES'];
  if (file === undefined) return;
  const shares = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([, one], [, another]) => another - one)
      .map(([key, n]) => `${key} ${((100 * n) / tuples).toFixed(2)} %`)
      .join(', ');
  const lines = [
    `tuples: ${tuples}, seed ${found.seed}; disagreements: ${disagreements.length}`,
    `outcomes: ${shares(found.outcomes)}`,
    `bases claimed, several in one tuple: ${shares(found.claimed)}`,
    `authorities of permits: ${shares(found.permits)}`,
    `reasons: ${shares(found.reasons)}`,
    `said elsewhere and never by decide(): ${saidElsewhere.join(', ')}`,
    `tuples with a sealed person: ${((100 * found.sealed) / tuples).toFixed(2)} %, with an endangered one: ${((100 * found.endangered) / tuples).toFixed(2)} %`,
  ];
  appendFileSync(file, lines.map((line) => `${line}\n`).join(''));
}
