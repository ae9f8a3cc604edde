// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const note = { note: '火曜の午前は不在とのこと。' };

describeWithServices(['postgres'], 'what a sender adds beside the content', () => {
  let desks: TwoDesks;
  let shogai: Api;
  let count = 7700000;
  beforeAll(async () => {
    desks = await twoDesks();
    shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
  });
  afterAll(() => desks?.close());

  const done = async (who: Api, referral: string, action: string, facts: object = {}) => {
    const { status, body } = await desks.act(who, referral, action, facts);
    expect([action, status, body.code]).toEqual([action, 200, undefined]);
  };
  /** At 障害, whose desk works on screen, or on its way there. */
  const sent = async (scope: object = {}, domain: 'shogai' | 'konkyu' = 'shogai') => {
    const { referralId } = await desks.submit(withoutConsent({ insured: `000${(count += 1)}`, to: { domain } }));
    const person = await desks.personOf(referralId);
    const consent = await desks.consent(person, { recipients: [{ domain }], ...scope });
    return { referral: referralId, person, consent };
  };
  const notes = async (who: Api, referral: string) =>
    (await who('GET', `/referrals/${referral}/timeline`)).body.items
      .filter((e: { action: string }) => e.action === 'supplement')
      .map((e: { note?: object }) => e.note);
  const lines = (referral: string) =>
    desks.under.rows<{ state: string; gone: boolean; members: object[] }>(
      `select state, go_at is not null as gone, members from disclosure where referral = $1 and delivery is null and look is null order by at, id`,
      [referral],
    );
  const todosOf = async (who: Api, referral: string): Promise<string[]> =>
    (await who('GET', '/todos')).body.items
      .filter((t: { referralId?: string }) => t.referralId === referral)
      .map((t: { kind: string }) => t.kind);

  it('is read at the other desk, on a decision of its own and with a line in the ledger', async () => {
    const { referral, person } = await sent();
    await done(shogai, referral, 'receive');
    await done(desks.sender, referral, 'supplement', note);
    expect(await notes(shogai, referral)).toEqual([note]);
    expect(await lines(referral)).toMatchObject([
      { state: 'written', gone: true, members: [{ ref: 'subject', person, categories: ['narrative'] }] },
    ]);
    expect(await todosOf(shogai, referral)).toContain('see_correction');
    expect((await desks.view(desks.sender, referral)).notCarried).toBeUndefined();
  });

  it('waits with the referral, and is there when that is opened', async () => {
    const { referral } = await sent();
    await done(desks.sender, referral, 'supplement', note);
    expect(await notes(shogai, referral)).toEqual([undefined]);
    expect(await lines(referral)).toMatchObject([{ state: 'claimed', gone: false }]);
    expect(await todosOf(shogai, referral)).not.toContain('see_correction');
    await done(shogai, referral, 'receive');
    expect(await notes(shogai, referral)).toEqual([note]);
    expect(await lines(referral)).toMatchObject([{ state: 'written', gone: true }]);
  });

  it('never came where the referral is withdrawn before', async () => {
    const { referral } = await sent();
    await done(desks.sender, referral, 'supplement', note);
    await done(desks.sender, referral, 'withdraw', { reason: '転居' });
    expect(await lines(referral)).toMatchObject([{ state: 'recalled', gone: false }]);
    expect(await notes(shogai, referral)).toEqual([undefined]);
  });

  it('waits for an authority like a correction, and is there when something permits it again', async () => {
    const { referral, person, consent } = await sent();
    await done(shogai, referral, 'receive');
    await done(shogai, referral, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    await desks.withdraw(consent);
    await done(desks.sender, referral, 'supplement', note);
    expect([await notes(shogai, referral), await lines(referral)]).toEqual([[undefined], []]);
    expect(await todosOf(desks.sender, referral)).toContain('authority_needed');
    await desks.consent(person, { recipients: [{ domain: 'shogai' }] });
    expect(await notes(shogai, referral)).toEqual([note]);
    expect(await lines(referral)).toMatchObject([{ state: 'written', gone: true }]);
    expect(await todosOf(desks.sender, referral)).not.toContain('authority_needed');
  });

  it('of somebody protected is read nowhere when a program writes it: no line says that it was', async () => {
    const { referral, person } = await sent();
    await done(shogai, referral, 'receive');
    expect((await desks.sender('POST', `/persons/${person}/seal`, { ground: 'own', from: '2026-01-01' })).status).toBe(
      201,
    );
    const program = await desks.under.as({ client: desks.functions.kaigo });
    await done(program, referral, 'supplement', note);
    expect([await notes(shogai, referral), await lines(referral)]).toEqual([[{}], []]);
    await done(shogai, referral, 'ask', { questions: 'いつからですか。' });
    await done(program, referral, 'answer', { answer: '先月から。' });
    expect(await lines(referral)).toEqual([]);
  });

  it('that was on its way when she became protected, from a program, never comes', async () => {
    const { referral, person } = await sent();
    await done(await desks.under.as({ client: desks.functions.kaigo }), referral, 'supplement', note);
    expect(await lines(referral)).toMatchObject([{ state: 'claimed', gone: false }]);
    expect((await desks.sender('POST', `/persons/${person}/seal`, { ground: 'own', from: '2026-01-01' })).status).toBe(
      201,
    );
    await done(shogai, referral, 'receive');
    expect(await notes(shogai, referral)).toEqual([{}]);
    expect(await lines(referral)).toMatchObject([{ state: 'recalled', gone: false }]);
  });

  it('stays with the sender where nothing comes to the other desk any more', async () => {
    const { referral } = await sent();
    const chief = await desks.under.as({ role: 'supervisor', function: desks.functions.shogai });
    await done(shogai, referral, 'receive');
    await done(chief, referral, 'propose-return', { reasons: ['901'], whoTellsPerson: '試験　月' });
    await done(desks.sender, referral, 'agree-return', {
      talk: { on: '2026-11-02', names: ['試験　月', '試験　日'] },
      keepsDoing: { sender: '見守り', recipient: '相談' },
      personInformed: { by: '試験', at: '2026-11-02T10:00:00+09:00', how: '電話' },
    });
    await done(desks.sender, referral, 'supplement', note);
    expect([await notes(shogai, referral), await lines(referral)]).toEqual([[undefined], []]);
    expect(await notes(desks.sender, referral)).toEqual([note]);
  });

  it('goes by no system, and the sender is told so, whatever may come back', async () => {
    const { referral } = await sent({ feedback: 'none' }, 'konkyu');
    await desks.konkyu.takeNext('referral.sent.v1', referral);
    await waitFor(async () => (await desks.view(desks.recipient, referral)).state === 'received', { what: 'it' });
    const before = (await desks.view(desks.sender, referral)).notCarried ?? [];
    expect(before).not.toContain('narrative');
    await done(desks.sender, referral, 'supplement', note);
    expect(await notes(desks.recipient, referral)).toEqual([note]);
    expect((await desks.view(desks.sender, referral)).notCarried).toEqual(['narrative']);
  });
});
