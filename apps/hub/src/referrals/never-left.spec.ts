// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { linesOfUnsent } from './never-left';
import { newId } from '../platform';

const desk = (domain: 'kaigo' | 'konkyu') => ({
  id: randomUUID(),
  code: '9900000041',
  name: `${domain}の窓口`,
  domain,
});

describe('what was stopped before any message of it was made', () => {
  const [mother, son, referral] = [randomUUID(), randomUUID(), randomUUID()];
  const at = new Date('2026-11-27T09:00:00.000Z');
  const delivery = newId(at);
  const [from, to] = [desk('kaigo'), desk('konkyu')];
  const waited = {
    id: referral,
    members: [
      { ref: 'subject', person: mother },
      { ref: 'member-1', person: son },
    ],
    unsent: [
      {
        delivery,
        authority: 'consent' as const,
        members: [
          { ref: 'subject', categories: ['identity' as const, 'concern' as const], consents: [randomUUID()] },
          { ref: 'member-1', categories: ['employment' as const], consents: [] },
        ],
      },
    ],
  };

  it('is a line as the ledger would have it, as old as what was to leave', () => {
    expect(linesOfUnsent(waited, { persons: [mother], from, to })).toEqual([
      {
        ...{ id: delivery, referralId: referral, from, to, way: 'message', authority: 'consent', state: 'recalled' },
        members: [{ ref: 'subject', categories: ['identity', 'concern'] }],
        at: at.toISOString(),
      },
    ]);
  });

  it('says of another member only to that member', () => {
    expect(linesOfUnsent(waited, { persons: [son], from, to })[0]?.members).toEqual([
      { ref: 'member-1', categories: ['employment'] },
    ]);
  });

  it('says of a person under every id that the person was known by', () => {
    const [line] = linesOfUnsent(waited, { persons: [randomUUID(), mother], from, to });
    expect(line?.members.map(({ ref }) => ref)).toEqual(['subject']);
  });

  it('is nothing where everything had left', () => {
    expect(linesOfUnsent({ ...waited, unsent: [] }, { persons: [mother], from, to })).toEqual([]);
  });
});
