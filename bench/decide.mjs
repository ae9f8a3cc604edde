// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// `decide()` for a support unit of four with twenty consents: codes only, sentences are rendered apart.
import { createRequire } from 'node:module';

const { decide } = createRequire(import.meta.url)('@tsunagi/domain');
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
    kind: 'referral',
    purpose: 'consultation',
    sender: party(50, 'kaigo'),
    recipient: party(60, 'konkyu'),
    subject: member('subject', 1),
    others: [member('member-1', 2), member('member-2', 3), member('member-3', 4)],
    consents,
    refusals: [{ id: id(900), person: id(3), recordedBy: id(50), categories: ['health'], at: '2026-11-02T00:00:00Z' }],
    authorities: [],
  };
}

export function decideFigure() {
  const asked = question();
  if (decide(asked).outcome !== 'permit' || decide(asked).members.length !== 4)
    throw new Error('the question is wrong');
  const times = 50_000;
  for (let n = 0; n < times; n++) decide(asked);
  const began = performance.now();
  for (let n = 0; n < times; n++) decide(asked);
  return { us: ((performance.now() - began) * 1000) / times };
}
