// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// `decide()` for a support unit of four with twenty consents and the rows of the law, and the same with two grounds, a
// seal, a danger and a sitting beside them: codes only, sentences are rendered apart.
import { createRequire } from 'node:module';

const { AuthorityCode, BodyKind, Purpose, ReferralKind, decide } = createRequire(import.meta.url)('@tsunagi/domain');
const id = (n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const party = (n, domain) => ({
  function: id(n),
  functionType: 'desk',
  domain,
  bodyKind: 'contractor',
  purposes: ['consultation'],
});
const present = ['identity', 'contact', 'household_outline', 'concern', 'care_level', 'health', 'narrative'];
const member = (ref, person) => ({ ref, person: id(person), present });

/** As many rows as a municipality has, each for everybody: the most that can be asked of them. */
const rows = AuthorityCode.options.map((code, n) => ({
  id: id(500 + n),
  version: 1,
  code,
  statute: code,
  senders: BodyKind.options,
  recipients: BodyKind.options,
  kinds: ReferralKind.options,
  purposes: Purpose.options,
  categories: present,
  needs: ['reason'],
  approval: code === 'internal_reasonable' ? 'before' : code === 'emergency' ? 'after' : 'none',
  approvers: [],
  ...(code === 'emergency' && { hours: 72 }),
  overRefusal: code === 'internal_reasonable' ? 'with_words' : 'stands',
  feedback: 'state',
  way: 'any',
  conditions: ['目的の外に使わない'],
  validFrom: '2020-04-01',
  active: true,
}));

/** An emergency for two of them, and one that waits for its approver beside a refusal. */
const grounds = [
  ['emergency', [1, 4], ['identity', 'health']],
  ['internal_reasonable', [3], ['identity', 'health', 'narrative']],
].map(([code, persons, categories], n) => ({
  id: id(700 + n),
  version: 1,
  referral: id(70),
  row: rows.find((r) => r.code === code).id,
  code,
  function: id(50),
  by: id(71),
  persons: persons.map(id),
  categories,
  said: ['reason'],
  recordedAt: '2026-11-19T00:00:00.000Z',
}));

/** 支援会議 of two of them, at which both sides sit, and two others. */
const sitting = {
  id: id(72),
  version: 1,
  kind: 'shien_kaigi',
  authority: 'shien_kaigi',
  state: 'open',
  persons: [id(1), id(2)],
  until: Date.parse('2026-12-20T15:00:00Z'),
  members: [61, 50, 60, 62].map((n) => ({ function: id(n), staff: id(80 + n), acknowledged: true })),
};

function question() {
  const persons = [1, 2, 3, 4];
  const consents = persons.flatMap((person) =>
    [0, 1, 2, 3, 4].map((n) => ({
      id: id(1000 + person * 10 + n),
      person: id(person),
      givenTo: id(n === 4 ? 99 : 50),
      giver: 'self',
      manner: n === 3 ? 'asserted_by_system' : 'written',
      scope: {
        categories: ['identity', 'concern', 'household', ...(n % 2 ? ['contact'] : ['household_outline'])],
        recipients: n === 2 ? [{ function: id(77) }] : [{ domain: 'konkyu' }],
        purposes: ['consultation'],
        from: '2026-01-01',
        until: '2099-03-31',
        feedback: 'state',
      },
      exclusions: [],
      status: n === 1 && person === 4 ? 'withdrawn' : 'active',
      grantedAt: '2026-11-01T00:00:00.000Z',
    })),
  );
  return {
    now: new Date('2026-11-20T03:00:00Z'),
    kind: 'inquiry',
    purpose: 'consultation',
    sender: party(50, 'kaigo'),
    recipient: party(60, 'konkyu'),
    subject: member('subject', 1),
    others: [member('member-1', 2), member('member-2', 3), member('member-3', 4)],
    consents,
    refusals: [{ id: id(900), person: id(3), recordedBy: id(50), categories: ['health'], at: '2026-11-02T00:00:00Z' }],
    authorities: rows,
    referral: id(70),
    grounds,
    conference: id(72),
    sittings: [sitting],
    seals: [{ id: id(800), person: id(2) }],
    dangers: [{ person: id(2), from: id(9) }],
  };
}

export function decideFigure() {
  const { grounds, conference, sittings, seals, dangers, ...onConsents } = question();
  const beside = { grounds, conference, sittings, seals, dangers };
  return {
    us: microseconds({ ...onConsents, kind: 'referral' }, ({ authority }) => authority === 'consent'),
    withAllBesideUs: microseconds(
      { ...onConsents, ...beside },
      ({ authority, reasons }) => authority === 'shien_kaigi' && reasons.includes('GROUND_UNAPPROVED'),
    ),
  };
}

function microseconds(asked, isAsMeant) {
  const decided = decide(asked);
  if (decided.members?.length !== 4 || !isAsMeant(decided)) throw new Error('the question is wrong');
  const times = 50_000;
  for (let n = 0; n < times; n++) decide(asked);
  const began = performance.now();
  for (let n = 0; n < times; n++) decide(asked);
  return ((performance.now() - began) * 1000) / times;
}
