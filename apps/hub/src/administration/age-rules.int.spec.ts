// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AgeRuleView, NewAgeRules } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import { ShiftedClock } from '../../test/shifted-clock';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const today = japaneseDay(new Date());
const tomorrow = addDays(today, 1);
/** Fifteen for half a year. */
const bornOn = addDays(`${Number(today.slice(0, 4)) - 15}${today.slice(4, 8)}01`, -180);
const dayMs = 86_400_000;

describeWithServices(['postgres'], 'who may speak for a child', () => {
  const clock = new ShiftedClock();
  let desks: TwoDesks;
  let officer: Api;
  let sender: Api;
  let insured = 8810000;
  /** Nobody stays signed in overnight. */
  const signIn = async () => {
    officer = await desks.under.as({ role: 'privacy_officer' });
    sender = await desks.under.as({ role: 'caseworker', function: desks.functions.kaigo });
  };
  beforeAll(async () => {
    desks = await twoDesks({ clock });
    await signIn();
  });
  afterAll(() => desks?.close());

  const selfAt15 = (validFrom: string): NewAgeRules => ({
    validFrom,
    rules: [
      { fromAge: 0, toAge: 14, givers: ['legal_guardian'], needs: ['child_view'] },
      { fromAge: 15, toAge: 17, givers: ['self'], needs: ['understood'] },
    ],
  });
  const rules = async () => (await officer('GET', '/age-rules')).body.items as AgeRuleView[];
  const standing = async () =>
    (await rules()).filter((r) => r.inForce).map((r) => [r.fromAge, r.toAge, ...r.givers].join(' '));
  const child = async () => {
    const items = { identity: { name: '見本　花子', birthDate: bornOn } };
    const { referralId } = await desks.submit(withoutConsent({ insured: `000${(insured += 1)}`, items }));
    return { referralId, person: await desks.personOf(referralId) };
  };
  const asked = async ({ person }: { person: string }, who: { giver: string; capacity: object }) => {
    const scope = {
      categories: ['identity'],
      recipients: [{ domain: 'konkyu' }],
      purposes: ['consultation'],
      from: today,
      until: '2099-03-31',
      feedback: 'state',
    };
    const given = { person, bornOn, manner: 'written', formVersion: 'D-2026-1', scope, ...who };
    const { status, body } = await sender('POST', '/consents', given);
    return status === 201 ? status : body.code;
  };
  const guardian = {
    giver: 'legal_guardian',
    capacity: { parental: 'sole', childAgrees: true, childView: '会いたい。' },
  };
  const oneself = { giver: 'self', capacity: { understood: true } };

  it('is said from a day to come on, of every age without a gap, by the 個人情報保護担当 alone', async () => {
    const from = (over: Partial<NewAgeRules>) => officer('POST', '/age-rules', { ...selfAt15(tomorrow), ...over });
    const [first, last] = selfAt15(tomorrow).rules as [NewAgeRules['rules'][0], NewAgeRules['rules'][0]];
    for (const over of [
      { validFrom: today },
      { rules: [last] },
      { rules: [first, { ...last, fromAge: 16 }] },
      { rules: [last, first] },
      { rules: [] },
      { rules: [{ ...first, givers: ['family' as never] }] },
    ])
      expect((await from(over)).body.code).toBe('INVALID');
    expect((await sender('POST', '/age-rules', selfAt15(tomorrow))).status).toBe(403);
    expect((await sender('GET', '/age-rules')).status).toBe(403);
    expect(await rules()).toHaveLength(3);
  });

  it('changes from that day only, and what was recorded before stays', async () => {
    const [before, same, later, tooLate] = [await child(), await child(), await child(), await child()];
    expect([await asked(before, guardian), await asked(same, oneself)]).toEqual([201, 'GIVER_NOT_ENTITLED']);
    const made = await officer('POST', '/age-rules', selfAt15(tomorrow));
    expect([made.status, made.body.items.map((r: AgeRuleView) => r.inForce)]).toEqual([201, [false, false]]);
    expect(await standing()).toEqual(['0 11 legal_guardian', '12 15 legal_guardian', '16 17 self self_with_support']);
    expect((await rules()).filter((r) => r.validTo === today)).toHaveLength(3);
    expect(await asked(same, guardian)).toBe(201);

    clock.forward(dayMs);
    await signIn();
    expect(await standing()).toEqual(['0 14 legal_guardian', '15 17 self']);
    expect([await asked(tooLate, guardian), await asked(later, oneself)]).toEqual(['GIVER_NOT_ENTITLED', 201]);
    const { consents } = (await sender('GET', `/persons/${before.person}/consents`)).body;
    expect(consents).toMatchObject([{ status: 'active', giver: 'legal_guardian' }]);
    expect(consents[0].entitled).not.toBe(false);
    // What it lets out still goes back and forth.
    const ask = { referralId: before.referralId };
    expect((await sender('POST', '/disclosures/preview', ask)).body.decision.outcome).toBe('permit');
  });

  it('is put right before it begins, and goes before what begins later', async () => {
    const [soon, later] = [addDays(tomorrow, 10), addDays(tomorrow, 20)];
    for (const day of [later, soon, soon])
      expect((await officer('POST', '/age-rules', selfAt15(day))).status).toBe(201);
    const spans = (await rules()).filter((r) => r.validFrom >= tomorrow).map((r) => `${r.validFrom}/${r.validTo}`);
    const last = (day: string) => addDays(day, -1);
    expect([...new Set(spans)].sort()).toEqual([
      `${tomorrow}/${last(soon)}`,
      `${soon}/${last(soon)}`,
      `${soon}/${last(later)}`,
      `${later}/undefined`,
    ]);
  });

  it('is checked at the version that was read', async () => {
    const [rule] = await rules();
    const check = (version: number, on = today) =>
      officer(
        'POST',
        `/age-rules/${rule!.id}/check`,
        { checkedBy: '見本市 法務課', checkedOn: on },
        {
          'if-match': String(version),
        },
      );
    expect((await check(rule!.version + 1)).status).toBe(412);
    expect((await check(rule!.version, '2199-04-01')).body.code).toBe('INVALID');
    expect((await check(rule!.version)).body).toMatchObject({ version: rule!.version + 1, checkedBy: '見本市 法務課' });
    expect(
      (
        await officer(
          'POST',
          `/age-rules/${desks.functions.kaigo}/check`,
          { checkedBy: '試験', checkedOn: today },
          { 'if-match': '1' },
        )
      ).status,
    ).toBe(404);
  });
});
