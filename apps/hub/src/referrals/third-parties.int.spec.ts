// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Status, type TwoDesks } from '../../test/two-desks';

const fact = '家賃の滞納がある。〔長男の妻は入院中。〕';
const masked = '家賃の滞納がある。〔…〕';

describeWithServices(['postgres'], 'what the sender marks as about somebody else', () => {
  let desks: TwoDesks;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const factOf = (view: any) => view.members[0].items.narrative.fact as string;
  const done = async (who: Api, referral: string, action: string, facts: object = {}) => {
    const { status, body } = await desks.act(who, referral, action, facts);
    expect([action, status, body.code]).toEqual([action, 200, undefined]);
  };
  /** What a desk reads of it anywhere on screen. */
  const readBy = async (who: Api, referral: string): Promise<string> =>
    JSON.stringify([
      await desks.view(who, referral),
      (await who('GET', `/referrals/${referral}/timeline`)).body,
      (await who('GET', `/referrals/${referral}/decision`)).body,
    ]);

  it('is on the sender’s screen, and in no preview, no message and on no other screen', async () => {
    const { referralId } = await desks.submit(
      withoutConsent({ items: { identity: { name: '見本　花子' }, narrative: { fact } } }),
    );
    const person = await desks.personOf(referralId);
    await desks.consent(person, { categories: ['identity', 'narrative'] });
    const preview = async () =>
      JSON.stringify((await desks.sender('POST', '/disclosures/preview', { referralId })).body);
    expect([(await preview()).includes(masked), (await preview()).includes('長男')]).toEqual([true, false]);
    const { referral } = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as any;
    expect(referral.subject.items.narrative.fact).toBe(masked);
    await waitFor(async () => (await desks.view(desks.recipient, referralId)).members !== undefined, {
      what: 'the recipient to see it',
    });
    expect(factOf(await desks.view(desks.recipient, referralId))).toBe(masked);
    expect(factOf(await desks.view(desks.sender, referralId))).toBe(fact);
  });

  it('stays with the desk that writes it at a step, whichever of the two that is', async () => {
    const { referralId: id } = await desks.submit(withoutConsent({ insured: '0007790001' }));
    const person = await desks.personOf(id);
    await desks.consent(person, { categories: ['identity', 'narrative'], feedback: 'state+note' });
    const sent = await desks.konkyu.takeNext('referral.sent.v1', id);
    await waitFor(async () => (await desks.view(desks.recipient, id)).state === 'received', { what: 'it to be there' });
    await done(desks.sender, id, 'supplement', { note: '鍵は大家。〔送り手の秘密〕' });
    await done(desks.recipient, id, 'ask', { questions: 'いつ会えますか。〔受け手の秘密〕' });
    await done(desks.sender, id, 'answer', { answer: '火曜です。〔送り手の秘密〕' });
    await done(desks.recipient, id, 'accept', {
      worker: { name: '見本　太郎' },
      personMatched: true,
      note: '引き受けました。〔受け手の秘密〕',
    });
    const [seen, own] = [await readBy(desks.recipient, id), await readBy(desks.sender, id)];
    for (const text of ['鍵は大家。〔…〕', '火曜です。〔…〕', '〔受け手の秘密〕']) expect(seen).toContain(text);
    expect(seen).not.toContain('送り手の秘密');
    for (const text of ['いつ会えますか。〔…〕', '引き受けました。〔…〕', '〔送り手の秘密〕'])
      expect(own).toContain(text);
    expect(own).not.toContain('受け手の秘密');
    const statuses = [0, 1].map(() => desks.kaigo.takeNext('referral.status.v1', id));
    const notes = (await Promise.all(statuses)).map(({ data }) => (data as Status).note);
    expect(notes).toEqual([undefined, '引き受けました。〔…〕']);
    expect(JSON.stringify(sent.data)).not.toContain('秘密');
  });
});

describeWithServices(['postgres'], 'what is marked in what is said of a hand-over', () => {
  let desks: ManyDesks;
  beforeAll(async () => (desks = await manyDesks({})));
  afterAll(() => desks?.close());

  const question = '登園の様子はいかがですか。〔父の話。〕';

  it('stays with whoever says it', async () => {
    const { takikan, kosodate } = desks.at;
    const { body } = await desks.send(takikan, 'inquiry', 'kosodate', { question, howTheyMeet: undefined });
    await desks.act(kosodate, body.id, 'receive');
    const said = async (who: Api) => (await desks.view(who, body.id)).body.said;
    expect(await said(takikan)).toEqual({ question });
    expect(await said(kosodate)).toEqual({ question: '登園の様子はいかがですか。〔…〕' });
  });

  it('does so where nobody is in it', async () => {
    const { takikan, kosodate } = desks.at;
    const nobody = { ref: 'subject', role: 'subject', identifiers: [], items: {} };
    const more = { subject: nobody, howTheyMeet: undefined, personInformed: undefined };
    const { body } = await desks.send(kosodate, 'advice', 'takikan', { question, ...more });
    await desks.act(takikan, body.id, 'receive');
    expect((await desks.view(takikan, body.id)).body.said.question).toBe('登園の様子はいかがですか。〔…〕');
  });
});
