// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const nobody = '018f2f60-7c3a-7000-8000-000000000000';

describeWithServices(['postgres'], 'two persons who are one', () => {
  let desks: TwoDesks;
  let insured = 990000;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const held = async () => {
    const { referralId } = await desks.submit(withoutConsent({ insured: `0000${(insured += 1)}` }));
    return desks.personOf(referralId);
  };
  const arrived = async () => {
    const { referralId } = await desks.submit(aSubmission({ insured: `0000${(insured += 1)}` }));
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    return desks.personOf(referralId);
  };
  const link = (who: Api, person: string, other: string, agreed = ['name', 'birth_date', 'address', 'telephone']) =>
    who('POST', `/persons/${person}/link`, { other, agreed });
  const answerOf = async (asked: ReturnType<Api>) => {
    const { status, body } = await asked;
    return [status, body.code];
  };

  it('are not linked by name, kana and birth date, nor by one further item', async () => {
    const [one, other] = [await arrived(), await arrived()];
    for (const agreed of [
      ['name', 'kana', 'birth_date'],
      ['name', 'kana', 'birth_date', 'address'],
    ])
      expect(await answerOf(link(desks.sender, one, other, agreed))).toEqual([422, 'MATCH_NOT_CONFIRMED']);
    expect(await desks.under.rows('select 1 from person_link')).toEqual([]);
  });

  it('are not linked by a desk that took no part with one of them, as if that one did not exist', async () => {
    const [one, other] = [await arrived(), await arrived()];
    const stranger = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    expect(await answerOf(link(stranger, one, other))).toEqual([404, 'NOT_FOUND']);
    expect(await answerOf(link(desks.sender, one, nobody))).toEqual([404, 'NOT_FOUND']);
    expect(await answerOf(link(desks.sender, one, one))).toEqual([404, 'NOT_FOUND']);
  });

  it('are not linked while one of them is held for the sender', async () => {
    const [one, other] = [await arrived(), await held()];
    expect(await answerOf(link(desks.sender, one, other))).toEqual([404, 'NOT_FOUND']);
  });

  it('are not linked by a program', async () => {
    const [one, other] = [await arrived(), await arrived()];
    const program = await desks.under.as({ client: 'demo-kaigo' });
    expect(await answerOf(link(program, one, other))).toEqual([403, 'ROLE_MISSING']);
  });

  it('are linked by who worked with both, and the record names what agreed', async () => {
    const [one, other] = [await arrived(), await arrived()];
    const { status, body } = await link(desks.recipient, one, other);
    expect(status).toBe(201);
    const rows = await desks.under.rows('select kept, merged, agreed, moved from person_link where id = $1', [body.id]);
    expect(rows).toEqual([
      { kept: one, merged: other, agreed: ['name', 'birth_date', 'address', 'telephone'], moved: null },
    ]);
  });
});
