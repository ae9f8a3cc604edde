// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

/** 介護 and 障害 work with one system, so that its number is one person to both. */
describeWithServices(['postgres'], 'two functions with one system', () => {
  let desks: TwoDesks;
  let shogai: Api;
  let insured = 660000;

  beforeAll(async () => {
    desks = await twoDesks();
    await desks.under.rows(`update desk_function set system = 'kaigo' where id = $1`, [desks.functions.shogai]);
    const coordinator = await desks.under.as({ role: 'coordinator' });
    const systemOf = async () =>
      ((await coordinator('GET', `/desk-functions/${desks.functions.shogai}`)).body as { system?: string }).system;
    await waitFor(async () => (await systemOf()) === 'kaigo', { what: 'the directory to know the system' });
    shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
  });
  afterAll(() => desks?.close());

  const number = () => `0000${(insured += 1)}`;

  /** Somebody of whom 障害 has a referral that never left. */
  const knownAtShogai = async (of: string) => {
    const { source, ...body } = withoutConsent({ insured: of });
    const { status, body: made } = await shogai(
      'POST',
      '/referrals',
      { ...body, source: { system: 'web', key: source.key, occurredAt: source.occurredAt } },
      { 'idempotency-key': randomUUID() },
    );
    expect(status).toBe(201);
    return (await shogai('GET', `/referrals/${made.id}`)).body.person as string;
  };
  const refuseAtShogai = async (person: string) =>
    expect((await shogai('POST', '/refusals', { person })).status).toBe(201);
  const decisions = async (referral: string) =>
    (await desks.sender('GET', `/referrals/${referral}/decision`)).body.items.map(
      (d: { outcome: string; reasons: string[] }) => ({ outcome: d.outcome, reasons: d.reasons }),
    );
  const again = (of: string, key: string) =>
    desks.submit(withoutConsent({ insured: of, key, change: 'changed', items: { identity: { name: '見本　花' } } }));

  it('share a person whom both know by it', async () => {
    const of = number();
    const person = await knownAtShogai(of);
    const { referralId } = await desks.submit(withoutConsent({ insured: of }));
    expect(await desks.personOf(referralId)).toBe(person);
  });

  it('hear of what never left only what was said to themselves, in every answer', async () => {
    const [refusing, other] = [number(), number()];
    const person = await knownAtShogai(refusing);
    const answered = async (of: string) => {
      const key = `00990010/${randomUUID()}`;
      const first = await desks.submit(withoutConsent({ insured: of, key }));
      await desks.consent(await desks.personOf(first.referralId), { categories: ['concern'] });
      if (of === refusing) await refuseAtShogai(person);
      const second = await again(of, key);
      const sent = await desks.act(desks.sender, first.referralId, 'send', {});
      const { body: preview } = await desks.sender('POST', '/disclosures/preview', { referralId: first.referralId });
      const { state, waitsFor, version } = await desks.view(desks.sender, first.referralId);
      return {
        first: [first.outcome, first.codes],
        second: [second.outcome, second.codes],
        sent: [sent.status, sent.body.code, sent.body.errors],
        preview: preview.decision.reasons,
        shown: [state, waitsFor, version],
        decisions: await decisions(first.referralId),
      };
    };
    const heard = await answered(refusing);
    expect(heard).toEqual(await answered(other));
    expect(heard.second).toEqual(['held', ['ASSERTED_WITHOUT_CONSENT', 'CONSENT_LACKS_IDENTITY']]);
  });

  it('hear of a form that the hub does not know, whatever the other one has asserted', async () => {
    const of = number();
    const person = await knownAtShogai(of);
    const { referralId } = await desks.submit(aSubmission({ insured: number() }));
    await desks.under.rows(
      `insert into consent (id, person, given_to, giver, manner, form_version, scope, exclusions, status, granted_at)
       select gen_random_uuid(), $1, $2, giver, manner, form_version, scope, exclusions, status, granted_at from consent
       where person = $3 and manner = 'asserted_by_system'`,
      [person, desks.functions.shogai, await desks.personOf(referralId)],
    );
    const unknownForm = { code: '1' as const, formVersion: 'NOBODY-KNOWS', on: '2026-11-10' };
    const answers = [of, number()].map((each) => desks.submit(aSubmission({ insured: each, asserted: unknownForm })));
    const [known, stranger] = await Promise.all(answers);
    expect(stranger?.codes).toEqual(['ASSERTED_FORM_UNKNOWN', 'CONSENT_MISSING']);
    expect(known?.codes).toEqual(stranger?.codes);
  });

  it('are stopped by a refusal at the other one when something would leave, and hear only to ask', async () => {
    const of = number();
    await refuseAtShogai(await knownAtShogai(of));
    const stopped = await desks.submit(aSubmission({ insured: of }));
    expect([stopped.outcome, stopped.codes]).toEqual(['held', ['ASK_ADMINISTRATOR']]);
    expect((await desks.submit(aSubmission({ insured: number() }))).outcome).toBe('accepted');
  });
});
