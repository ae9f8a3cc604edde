// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { manyDesks, told, type ManyDesks } from '../../test/many-desks';

/** 地方税法22条, DOMAIN §6: tax data leaves with consent only. */
describeWithServices(['postgres'], 'what a tax desk knows of somebody’s means', () => {
  let desks: ManyDesks;
  beforeAll(async () => {
    desks = await manyDesks({ kaigo: { functionType: 'tax' } }, { timings: { sweep: 50 } });
  });
  afterAll(() => desks?.close());

  const items = {
    identity: { name: '見本　花子' },
    concern: { boxes: ['spending_debt'] },
    income_debt: { arrears: '二年分の滞納がある。' },
    housing: { note: '持ち家がある。' },
  };
  const subject = { ref: 'subject', role: 'subject', identifiers: [], items };
  const emergency = {
    ...{ code: 'emergency', persons: ['subject'], categories: ['identity', 'concern', 'income_debt', 'housing'] },
    ...{ reason: 'けさから連絡がつかず、命の危険がある。', whyNoConsent: 'not_reached' },
  };
  const waiting = async () => (await desks.send(desks.at.kaigo, 'referral', 'konkyu', { subject })).body.id as string;
  const sent = (referral: string) =>
    waitFor(async () => (await desks.view(desks.at.kaigo, referral)).body.state === 'sent', { what: 'it to be sent' });
  /** As the desk reads it once it has opened it. */
  const seen = async (who: 'konkyu' | 'shogai', referral: string) => {
    const { status, body } = await desks.act(desks.at[who], referral, 'receive');
    expect([status, body.code]).toEqual([200, undefined]);
    return Object.keys((await desks.view(desks.at[who], referral)).body.members[0].items).sort();
  };

  it('stays behind where somebody’s life is in danger, and all else goes', async () => {
    const referral = await waiting();
    expect((await desks.at.kaigo('POST', `/referrals/${referral}/grounds`, emergency)).status).toBe(201);
    await sent(referral);
    expect(await seen('konkyu', referral)).toEqual(['concern', 'identity']);
  });

  it('goes on a consent; and from where it went, on a consent again', async () => {
    const referral = await waiting();
    const categories = ['identity', 'concern', 'income_debt'] as const;
    const to = { categories: [...categories], recipients: [{ function: desks.functions.konkyu }] };
    await desks.consent(desks.at.kaigo, referral, to);
    await sent(referral);
    expect(await seen('konkyu', referral)).toEqual(['concern', 'identity', 'income_debt']);
    const done = async (action: string, facts: object = {}) => {
      const { status, body } = await desks.act(desks.at.konkyu, referral, action, facts);
      expect([action, status, body.code]).toEqual([action, 200, undefined]);
    };
    await done('accept', { worker: { name: '試験　月' }, personMatched: true });
    await done('start', { firstContact: { on: '2026-11-20', how: '電話' } });
    const onward = { referredTo: { function: desks.functions.shogai }, howTheyMeet: 'accompanied' };
    await done('complete', {
      outcome: '013',
      note: '障害の相談が要る。',
      personInformed: told(),
      ...onward,
    });
    const [child] = await desks.under.rows<{ id: string }>('select id from referral where parent = $1', [referral]);
    const next = child!.id;
    const ground = await desks.at.konkyu('POST', `/referrals/${next}/grounds`, emergency);
    expect(ground.status).toBe(201);
    await waitFor(async () => (await desks.view(desks.at.shogai, next)).status === 200, { what: 'it to be there' });
    expect(await seen('shogai', next)).toEqual(['concern', 'identity']);
  });
});
