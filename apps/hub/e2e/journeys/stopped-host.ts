// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { uuidToBase32 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { jumpTo, nowOf, todayOf } from './clock';
import {
  handIn,
  ledgerOf,
  personOf,
  registerConsent,
  stateOf,
  todosAbout,
  withdrawConsent,
  type People,
} from './people';
import type { Api } from '../../test/sign-in';

/**
 * What lies in the queue of a host that is away, and what of it may still be written when it is back.
 *
 * @param loseHost without a word to the hub, so that the messages still leave for the broker
 */
export function stoppedHost(people: People, loseHost: () => Promise<void>): void {
  const { town, kaigo, konkyu } = people;
  /** From the one desk to the system of the other, and what stands in that system. */
  const ways = [
    {
      system: 'konkyu',
      desk: kaigo,
      written: async () => (await town.konkyu.all()).map((r) => r.hub_shokai_id),
    },
    {
      system: 'kaigo',
      desk: konkyu,
      written: () => Promise.resolve(town.kaigo.referrals().map((r) => r.values[2] ?? '')),
    },
  ];

  /** Waits for the person's word. */
  const handedIn = async (desk: Api, toward: string): Promise<string> => {
    const subject = { ref: 'subject', role: 'subject', identifiers: [], items: { identity: { name: '見本　待子' } } };
    return (await handIn(desk, { at: await nowOf(people), subject, to: { domain: toward } })).body.id;
  };
  /** The hub cannot know yet that nobody reads it. */
  const hasLeft = (referral: string) =>
    waitFor(() => town.left().some((m) => m.type === 'referral.sent.v1' && m.subject === referral), {
      what: 'the message to have left the hub for the queue',
      timeoutMs: 30_000,
    });
  const delivered = async (desk: Api, referral: string) =>
    (await ledgerOf(desk, referral)).filter((l) => l.way === 'message').map((l) => l.state);
  const lastDecision = async (desk: Api, referral: string) =>
    (await desk('GET', `/referrals/${referral}/decision`)).body.items.at(-1);

  it('writes nothing of what was withdrawn or has ended while it lay in the queue, and the receipts say so', async () => {
    const today = await todayOf(people);
    const waiting = await Promise.all(
      ways.map(async (way) => {
        const [withdrawn, ended, stays] = [
          await handedIn(way.desk, way.system),
          await handedIn(way.desk, way.system),
          await handedIn(way.desk, way.system),
        ];
        return { ...way, withdrawn, ended, stays };
      }),
    );
    await loseHost();
    for (const { desk, system, withdrawn, ended, stays } of waiting) {
      const scope = { categories: ['identity'], toward: system, feedback: 'state' } as const;
      await registerConsent(desk, await personOf(desk, withdrawn), scope);
      await registerConsent(desk, await personOf(desk, ended), { ...scope, until: today });
      await registerConsent(desk, await personOf(desk, stays), scope);
    }
    await Promise.all(waiting.flatMap((w) => [w.withdrawn, w.ended, w.stays]).map(hasLeft));
    for (const { desk, withdrawn } of waiting) await withdrawConsent(desk, withdrawn);
    await jumpTo(people, addDays(today, 1), '00:01');
    await town.host.start();

    for (const { desk, written, withdrawn, ended, stays } of waiting) {
      // It lay behind the others: when it is there, they have been looked at.
      await waitFor(async () => (await written()).includes(uuidToBase32(stays)), {
        what: 'what may still be written',
        timeoutMs: 30_000,
      });
      const there = await written();
      expect([withdrawn, ended].filter((id) => there.includes(uuidToBase32(id)))).toEqual([]);
      expect(await stateOf(desk, withdrawn)).toBe('revoked');
      expect(await delivered(desk, withdrawn)).toEqual(['recalled']);
      expect(await stateOf(desk, ended)).toBe('sent');
      expect(await delivered(desk, ended)).toEqual(['recalled']);
      expect(await lastDecision(desk, ended)).toMatchObject({ outcome: 'hold' });
      expect(await todosAbout(desk, ended)).toContain('authority_needed');
      expect(await delivered(desk, stays)).toEqual(['written']);
    }
  });
}
