// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import type { Api } from './sign-in';
import { twoDesks, withoutConsent, type TwoDesks } from './two-desks';

export const today = japaneseDay(new Date());
export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
export const told = { personInformed: { by: '見本　花', at: minutesAgo(1), how: '電話' } };
export const talk = { on: today, names: ['見本　花', '試験　月'] };
export const keepsDoing = { sender: '見守り', recipient: '連絡を受ける' };
export const attempts = ['電話', '手紙', '訪問'].map((how, n) => ({ on: addDays(today, n - 3), how, visit: n === 2 }));

export type Life = Awaited<ReturnType<typeof aLife>>;

/** Two desks, who else has a say, and referrals that have come some way between them. */
export async function aLife() {
  const desks: TwoDesks = await twoDesks();
  const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
  const coordinator = await desks.under.as({ role: 'coordinator' });
  const approver = await desks.under.as({ role: 'approver' });

  const as = (role: string, functionId: string) => desks.under.as({ role, function: functionId });
  const stateOf = async (referral: string, who = desks.sender) => (await desks.view(who, referral)).state;
  const done = async (who: Api, referral: string, action: string, facts?: object) => {
    const { status, body } = await desks.act(who, referral, action, facts);
    expect([action, status, body.code]).toEqual([action, 200, undefined]);
    return body as { state: string; version: number; next?: string };
  };
  const refused = async (who: Api, referral: string, action: string, facts?: object) => {
    const { status, body } = await desks.act(who, referral, action, facts);
    expect(status).toBeGreaterThanOrEqual(400);
    return body.code as string;
  };
  const todosOf = async (who: Api, referral: string): Promise<string[]> =>
    (await who('GET', '/todos')).body.items
      .filter((t: { referralId?: string }) => t.referralId === referral)
      .map((t: { kind: string }) => t.kind);
  const timelineOf = async (who: Api, referral: string) =>
    (await who('GET', `/referrals/${referral}/timeline`)).body.items as {
      action: string;
      to: string;
      reasons: string[];
      note?: Record<string, unknown>;
    }[];
  const whyNot = async (who: Api, referral: string, action: string) =>
    (await who('GET', `/referrals/${referral}/actions`)).body.actions.find(
      (a: { action: string }) => a.action === action,
    );

  /** Has come to 生活困窮, with a consent toward the desks that are named. */
  const arrived = async (recipients: object[] = [{ domain: 'konkyu' }], over: object = {}) => {
    const { referralId } = await desks.submit(withoutConsent(over));
    await desks.consent(await desks.personOf(referralId), {
      categories: ['identity', 'contact', 'concern'],
      recipients: recipients as never,
      feedback: 'state',
    });
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    await waitFor(async () => (await stateOf(referralId, desks.recipient)) === 'received', { what: 'its arrival' });
    return referralId;
  };
  const accepted = async (...args: Parameters<typeof arrived>) => {
    const referral = await arrived(...args);
    await done(desks.recipient, referral, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    return referral;
  };
  const inProgress = async (...args: Parameters<typeof arrived>) => {
    const referral = await accepted(...args);
    await done(desks.recipient, referral, 'start', { firstContact: { on: today, how: '電話' } });
    return referral;
  };
  const completed = async () => {
    const referral = await inProgress();
    await done(desks.recipient, referral, 'complete', { outcome: '011', note: 'つながった。', ...told });
    return referral;
  };
  const proposed = async (facts: object = { reasons: ['901'] }, ...args: Parameters<typeof arrived>) => {
    const referral = await arrived(...args);
    await done(supervisor, referral, 'propose-return', { whoTellsPerson: '試験　月', ...facts });
    return referral;
  };
  const returned = async (...args: Parameters<typeof arrived>) => {
    const referral = await proposed({ reasons: ['101'], fitting: { domain: 'shogai' } }, ...args);
    await done(desks.sender, referral, 'agree-return', { talk, keepsDoing, ...told });
    return referral;
  };

  return {
    desks,
    supervisor,
    coordinator,
    approver,
    as,
    stateOf,
    done,
    refused,
    todosOf,
    timelineOf,
    whyNot,
    arrived,
    accepted,
    inProgress,
    completed,
    proposed,
    returned,
    close: () => desks.close(),
  };
}
