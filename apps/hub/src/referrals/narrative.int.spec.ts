// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { ShiftedClock } from '../../test/shifted-clock';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const fifteenDaysAgo = addDays(japaneseDay(new Date()), -15);
const text = { fact: '家賃の滞納がある。', writtenOn: fifteenDaysAgo };
const items = { identity: { name: '見本　花子' }, narrative: text };

describeWithServices(['postgres'], 'what was written more than fourteen days ago', () => {
  let desks: TwoDesks;
  const clock = new ShiftedClock();
  beforeAll(async () => (desks = await twoDesks({ clock, timings: { sweep: 50 } })));
  afterAll(() => desks?.close());

  const waits = async () => {
    const { referralId } = await desks.submit(withoutConsent({ items }));
    return { referralId, person: await desks.personOf(referralId) };
  };
  const allowed = (person: string) => desks.consent(person, { categories: ['identity', 'narrative'] });
  const brought = async (type: Parameters<TwoDesks['konkyu']['takeNext']>[0], referral: string) =>
    ((await desks.konkyu.takeNext(type, referral)).data as any).referral.subject.items;
  /** The receipt of its system is in. */
  const isReceived = (referral: string) =>
    waitFor(async () => (await desks.view(desks.sender, referral)).state === 'received', { what: 'it to arrive' });
  const confirm = { narrativeConfirmed: true };

  it('stays behind until the sender has confirmed it, and comes then as it was written', async () => {
    const { referralId, person } = await waits();
    await allowed(person);
    expect(Object.keys(await brought('referral.sent.v1', referralId))).toEqual(['identity']);
    await isReceived(referralId);
    expect((await desks.act(desks.sender, referralId, 'supplement', confirm)).status).toBe(200);
    expect((await brought('referral.supplemented.v1', referralId)).narrative).toEqual(text);
  });

  it('is confirmed before it leaves as well, and only by its sender', async () => {
    const { referralId, person } = await waits();
    expect((await desks.act(desks.sender, referralId, 'supplement', confirm)).status).toBe(200);
    await allowed(person);
    expect((await brought('referral.sent.v1', referralId)).narrative).toEqual(text);
    await isReceived(referralId);
    const foreign = await desks.act(desks.recipient, referralId, 'supplement', confirm);
    expect([foreign.status, foreign.body.code]).toEqual([403, 'NOT_YOUR_STEP']);
  });

  it('is confirmed at one version: what is written anew is again of its own day', async () => {
    const { referralId, person } = await waits();
    await desks.act(desks.sender, referralId, 'supplement', confirm);
    const again = {
      ref: 'subject',
      role: 'subject',
      identifiers: [],
      items: { narrative: { ...text, view: '孤立。' } },
    };
    await desks.act(desks.sender, referralId, 'supplement', { subject: again });
    await allowed(person);
    expect(Object.keys(await brought('referral.sent.v1', referralId))).toEqual(['identity']);
    await isReceived(referralId);
    const both = { subject: again, ...confirm };
    expect((await desks.act(desks.sender, referralId, 'supplement', both)).status).toBe(200);
    expect((await brought('referral.supplemented.v1', referralId)).narrative).toMatchObject({ view: '孤立。' });
  });

  const asked = async (referral: string) =>
    (
      await desks.under.rows<{ open: boolean }>(
        `select done_at is null as open from todo where referral = $1 and kind = 'confirm_narrative' and function = $2`,
        [referral, desks.functions.kaigo],
      )
    ).map((t) => t.open);

  it('is asked of its sender’s desk once, until it is confirmed', async () => {
    const { referralId, person } = await waits();
    expect(await asked(referralId)).toEqual([true]);
    const { items: listed } = (await desks.sender('GET', '/todos?kind=confirm_narrative')).body;
    expect(listed.find((t: { referralId: string }) => t.referralId === referralId)).toMatchObject({
      kind: 'confirm_narrative',
      role: 'caseworker',
    });
    await allowed(person);
    expect(Object.keys(await brought('referral.sent.v1', referralId))).toEqual(['identity']);
    await isReceived(referralId);
    expect(await asked(referralId)).toEqual([true]);
    await desks.act(desks.sender, referralId, 'supplement', confirm);
    expect(await asked(referralId)).toEqual([false]);
  });

  it('is asked no more once it is written anew, and again of what was too old when it was written', async () => {
    const { referralId, person } = await waits();
    const rewritten = (writtenOn: string, view: string) =>
      desks.act(desks.sender, referralId, 'supplement', {
        subject: {
          ref: 'subject',
          role: 'subject',
          identifiers: [],
          items: { narrative: { ...text, writtenOn, view } },
        },
      });
    const today = japaneseDay(new Date());
    await rewritten(today, '孤立。');
    expect(await asked(referralId)).toEqual([false]);
    await allowed(person);
    expect((await brought('referral.sent.v1', referralId)).narrative.view).toBe('孤立。');
    await isReceived(referralId);
    await rewritten(fifteenDaysAgo, '前からの孤立。');
    expect((await asked(referralId)).sort()).toEqual([false, true]);
    // It stays behind itself, and what it puts right does not stay there.
    expect(Object.keys(await brought('referral.supplemented.v1', referralId))).toEqual(['identity']);
    await desks.act(desks.sender, referralId, 'supplement', confirm);
    expect((await brought('referral.supplemented.v1', referralId)).narrative.view).toBe('前からの孤立。');
  });

  it('takes nothing back, and says nothing, where its desk has no leave for it', async () => {
    const { referralId, person } = await waits();
    await desks.consent(person, { categories: ['identity'] });
    await brought('referral.sent.v1', referralId);
    await isReceived(referralId);
    const rewritten = (narrative: object) =>
      desks.act(desks.sender, referralId, 'supplement', {
        subject: { ref: 'subject', role: 'subject', identifiers: [], items: { narrative } },
      });
    await rewritten({ ...text, writtenOn: japaneseDay(new Date()) });
    expect((await rewritten({ ...text, view: '前からの孤立。' })).status).toBe(200);
    expect(
      await desks.under.rows(`select kind from delivery where referral = $1 and kind = 'supplement'`, [referralId]),
    ).toEqual([]);
  });

  it('is confirmed with the step that sends it', async () => {
    const { referralId, outcome } = await desks.submit(withoutConsent({ items, urgency: 'same_day' }));
    expect(outcome).toBe('draft');
    await allowed(await desks.personOf(referralId));
    const personInformed = { by: '見本　太郎', at: new Date().toISOString(), how: '訪問' };
    const phoned = { whom: '見本　月', at: new Date().toISOString(), by: '見本　太郎' };
    const sent = await desks.act(desks.sender, referralId, 'send', { ...confirm, personInformed, phoned });
    expect([sent.status, sent.body.code]).toEqual([200, undefined]);
    expect((await brought('referral.sent.v1', referralId)).narrative).toEqual(text);
  });
  it('is asked on the day on which it grows too old, while it waits and not once it has left', async () => {
    const dayAfter = new Date(Date.parse(`${japaneseDay(clock.now())}T00:00:00+09:00`) + 86_400_000);
    const almost = { identity: items.identity, narrative: { ...text, writtenOn: addDays(fifteenDaysAgo, 1) } };
    const { referralId } = await desks.submit(withoutConsent({ items: almost, insured: '0008820001' }));
    const { referralId: gone } = await desks.submit(withoutConsent({ items: almost, insured: '0008820002' }));
    await allowed(await desks.personOf(gone));
    expect((await brought('referral.sent.v1', gone)).narrative.fact).toBe(text.fact);
    await isReceived(gone);
    expect([await asked(referralId), await asked(gone)]).toEqual([[], []]);
    clock.set(dayAfter);
    await waitFor(async () => (await asked(referralId)).length > 0, { what: 'its sender to be asked' });
    expect([await asked(referralId), await asked(gone)]).toEqual([[true], []]);
  });
});
