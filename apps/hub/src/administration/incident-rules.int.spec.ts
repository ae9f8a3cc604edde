// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Incident, IncidentRuleView, NewIncidentRules } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import { ShiftedClock } from '../../test/shifted-clock';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const today = japaneseDay(new Date());
const tomorrow = addDays(today, 1);
const dayMs = 86_400_000;

describeWithServices(['postgres'], 'by when an incident is reported', () => {
  const clock = new ShiftedClock();
  let desks: TwoDesks;
  let officer: Api;
  let sender: Api;
  let referralId: string;
  /** Nobody stays signed in overnight. */
  const signIn = async () => {
    officer = await desks.under.as({ role: 'privacy_officer' });
    sender = await desks.under.as({ role: 'caseworker', function: desks.functions.kaigo });
  };
  beforeAll(async () => {
    desks = await twoDesks({ clock });
    await signIn();
    ({ referralId } = await desks.submit(withoutConsent()));
    await desks.consent(await desks.personOf(referralId));
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
  });
  afterAll(() => desks?.close());

  const sooner = (validFrom: string): NewIncidentRules => ({
    validFrom,
    rules: [
      { name: 'first_report', days: 3 },
      { name: 'first_report', days: 1, fromPersons: 2 },
      { name: 'final_report', days: 20 },
      { name: 'final_report_of_a_crime', days: 40 },
      { name: 'tell_person', days: 10 },
    ],
  });
  const rules = async () => (await officer('GET', '/incident-rules')).body.items as IncidentRuleView[];
  const standing = async () =>
    (await rules()).filter((r) => r.inForce).map((r) => [r.name, r.days, r.fromPersons ?? ''].join(' ').trim());
  const duesOf = async (over: object = {}) => {
    const { id } = (await sender('POST', '/incidents', { referralId, kind: 'lost', ...over })).body;
    return ((await sender('GET', `/incidents/${id}`)).body as Incident).dues;
  };

  it('is said from a day to come on, with a day for each step, by the 個人情報保護担当 alone', async () => {
    const { rules: all } = sooner(tomorrow);
    for (const over of [
      { validFrom: today },
      { rules: all.filter((r) => r.name !== 'tell_person') },
      { rules: all.map((r) => (r.name === 'final_report' ? { ...r, fromPersons: 100 } : r)) },
      { rules: [] },
      { rules: all.map((r) => ({ ...r, days: -1 })) },
    ]) {
      const { status, body } = await officer('POST', '/incident-rules', { ...sooner(tomorrow), ...over });
      expect([over, status, body.code]).toEqual([over, 422, 'INVALID']);
    }
    expect((await sender('POST', '/incident-rules', sooner(tomorrow))).status).toBe(403);
    expect((await sender('GET', '/incident-rules')).status).toBe(403);
    expect(await rules()).toHaveLength(4);
  });

  it('changes from that day only, and what was noticed before keeps its days', async () => {
    const before = { firstReport: addDays(today, 5), finalReport: addDays(today, 30), tell: addDays(today, 30) };
    const noticedAt = new Date().toISOString();
    expect(await duesOf()).toEqual(before);
    const made = await officer('POST', '/incident-rules', sooner(tomorrow));
    expect([made.status, made.body.items.map((r: IncidentRuleView) => r.inForce)]).toEqual([201, Array(5).fill(false)]);
    expect((await rules()).filter((r) => r.validTo === today)).toHaveLength(4);
    expect(await duesOf()).toEqual(before);

    clock.forward(dayMs);
    await signIn();
    expect((await standing()).sort()).toEqual([
      'final_report 20',
      'final_report_of_a_crime 40',
      'first_report 1 2',
      'first_report 3',
      'tell_person 10',
    ]);
    expect(await duesOf()).toEqual({
      firstReport: addDays(tomorrow, 3),
      finalReport: addDays(tomorrow, 20),
      tell: addDays(tomorrow, 10),
    });
    expect((await duesOf({ kind: 'crime' })).finalReport).toBe(addDays(tomorrow, 40));
    expect(await duesOf({ noticedAt })).toEqual(before);
    const said = await desks.under.rows(
      `select action, count(*)::int as n from audit_entry where object_kind = 'incident_rule' group by 1 order by 1`,
    );
    expect(said).toEqual([
      { action: 'incident_rule.ended', n: 4 },
      { action: 'incident_rule.made', n: 5 },
    ]);
  });

  it('is put right before it begins', async () => {
    const soon = addDays(tomorrow, 10);
    for (const day of [soon, soon]) expect((await officer('POST', '/incident-rules', sooner(day))).status).toBe(201);
    const spans = (await rules()).filter((r) => r.validFrom === soon).map((r) => r.validTo);
    expect([spans.filter((to) => to === addDays(soon, -1)), spans.filter((to) => to === undefined)]).toEqual([
      Array(5).fill(addDays(soon, -1)),
      Array(5).fill(undefined),
    ]);
  });

  it('is checked at the version that was read', async () => {
    const [rule] = await rules();
    const check = (version: number, { on = today, of = rule!.id } = {}) =>
      officer(
        'POST',
        `/incident-rules/${of}/check`,
        { checkedBy: '見本市 法務課', checkedOn: on },
        { 'if-match': String(version) },
      );
    expect((await check(rule!.version + 1)).status).toBe(412);
    expect((await check(rule!.version, { on: '2199-04-01' })).body.code).toBe('INVALID');
    expect((await check(rule!.version)).body).toMatchObject({ version: rule!.version + 1, checkedBy: '見本市 法務課' });
    expect((await check(1, { of: desks.functions.kaigo })).status).toBe(404);
  });
});
