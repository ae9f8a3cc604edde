// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import { conferring, item, refusal, today } from '../../test/conferring';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';

describeWithServices(['postgres'], 'what is decided of a conference', () => {
  let desks: ManyDesks;
  const { staff, seated, seat, somebody, act, must, propose, opened, seen } = conferring(() => desks);
  let takikan: Api;
  let kaigo: Api;

  beforeAll(async () => {
    desks = await manyDesks({});
    await seated();
    ({ takikan, kaigo } = desks.at);
  });
  afterAll(() => desks?.close());

  const record = { heldOn: today, record: '見守る。', reviewOn: addDays(today, 30) };
  const reasonsSeen = async (who: Api, id: string) =>
    (await seen(who, id)).decided?.map((d: { step: string; outcome?: string; reason: string }) => [
      d.step,
      d.outcome,
      d.reason,
    ]);
  /** Everything that is kept of it in the clear. */
  const inTheClear = async (id: string) =>
    JSON.stringify([
      await desks.under.rows('select decided from conference where id = $1', [id]),
      await desks.under.rows('select action, details from audit_entry where object = $1', [id]),
    ]);

  it('is found by its 事務局 with its reason, when it was declined', async () => {
    const { person } = await somebody();
    const { body } = await propose(person);
    expect(await reasonsSeen(takikan, body.id)).toEqual([]);
    await must(takikan, body.id, 'decline', { reason: '支援決定に要らない。' });
    expect(await reasonsSeen(takikan, body.id)).toEqual([['decline', undefined, '支援決定に要らない。']]);
    expect((await kaigo('GET', `/conferences/${body.id}`)).status).toBe(404);
    expect(await inTheClear(body.id)).not.toContain('要らない');
  });

  it('is kept, review by review, also when what was said is erased', async () => {
    const { person } = await somebody();
    const id = await opened(person);
    await must(kaigo, id, 'add-item', item(person));
    await must(takikan, id, 'record', record);
    const reviewOn = addDays(today, 60);
    await must(takikan, id, 'review', { outcome: 'watch', reviewOn, reason: '落ち着いている。' });
    await must(takikan, id, 'review', { outcome: 'go_on', reviewOn, reason: 'また滞った。' });
    await must(takikan, id, 'end', { reason: 'ご本人が同意した。' });
    expect(await reasonsSeen(takikan, id)).toEqual([
      ['review', 'watch', '落ち着いている。'],
      ['review', 'go_on', 'また滞った。'],
      ['end', undefined, 'ご本人が同意した。'],
    ]);
    const clear = await inTheClear(id);
    for (const word of ['落ち着いて', '滞った', '同意した']) expect(clear).not.toContain(word);
  });

  it('is for whoever holds it: a member may not be covered for what it says', async () => {
    const { person } = await somebody();
    const id = await opened(person);
    await must(takikan, id, 'record', record);
    await must(takikan, id, 'review', { outcome: 'end', reason: '解決した。' });
    expect(await reasonsSeen(takikan, id)).toEqual([['review', 'end', '解決した。']]);
    expect((await seen(kaigo, id)).decided).toBeUndefined();
    for (const role of ['auditor', 'privacy_officer'])
      expect((await (await desks.as(role))('GET', `/conferences/${id}`)).status).toBe(404);
  });

  it('hides from a chair of another desk what the 事務局 marks as about somebody else', async () => {
    const { person } = await somebody();
    const { body } = await propose(person);
    const members = [seat('takikan'), seat('kaigo')];
    await must(takikan, body.id, 'call', { members, on: today, chair: staff['kaigo'] });
    for (const who of [takikan, kaigo]) await must(who, body.id, 'acknowledge');
    await must(takikan, body.id, 'end', { reason: '要らなくなった。〔隣の方の話。〕' });
    expect(await reasonsSeen(takikan, body.id)).toEqual([['end', undefined, '要らなくなった。〔隣の方の話。〕']]);
    expect(await reasonsSeen(kaigo, body.id)).toEqual([['end', undefined, '要らなくなった。〔…〕']]);
  });

  it('names nobody, and carries neither マイナンバー nor 在留資格', async () => {
    const { person } = await somebody();
    const { body } = await propose(person);
    const id = await opened(person);
    await must(takikan, id, 'record', record);
    const steps = [
      [body.id, 'decline', {}],
      [id, 'review', { outcome: 'end' }],
      [id, 'end', {}],
    ] as const;
    const written = [
      ['見本　花子さんのことです。', 'NAMES_SOMEBODY'],
      ['番号は 1234 5678 9018', 'S-MYNUMBER'],
      ['在留期間が来月切れる。', 'RESIDENCE_STATUS_TEXT'],
    ] as const;
    for (const [conference, action, facts] of steps)
      for (const [reason, code] of written)
        expect([action, ...refusal(await act(takikan, conference, action, { ...facts, reason }))]).toEqual([
          action,
          422,
          code,
        ]);
  });
});
