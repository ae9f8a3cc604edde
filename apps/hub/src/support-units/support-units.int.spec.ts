// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { heldConference } from '../../test/held-conference';
import type { Api } from '../../test/sign-in';
import { aMember, twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';
import { aSubmission } from '../../test/submissions';
import { generalForm } from '../demo';

const informed = { personInformed: { by: '相談　次郎', at: '2026-01-05T10:00:00+09:00', how: '電話' } };
const heldOn = '2026-01-05';
const stranger = '01900000-0000-7000-8000-000000000001';

describeWithServices(['postgres'], 'support units and their lead', () => {
  let desks: TwoDesks;
  let shogai: Api;
  let takikan: Api;
  let coordinator: Api;
  let takikanId: string;
  /** The unit of a desk that works for the same woman as another one, and does not know of it. */
  let apart: { id: string };
  beforeAll(async () => {
    desks = await twoDesks();
    coordinator = await desks.under.as({ role: 'coordinator' });
    const { body } = await coordinator('GET', '/desk-functions');
    takikanId = body.items.find((f: { domain: string }) => f.domain === 'takikan').id;
    shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    takikan = await desks.under.as({ role: 'caseworker', function: takikanId });
  });
  afterAll(() => desks?.close());

  const arrived = async () => {
    const { deliveryId } = (await desks.konkyu.takeNext('referral.sent.v1')).data as Sent;
    return deliveryId;
  };
  /** A referral about the mother and the son, of whom the recipient may see both or only her. */
  async function household(insured: string, { sonToo = true } = {}) {
    const { referralId } = await desks.submit(withoutConsent({ insured, others: [aMember(`9${insured.slice(1)}`)] }));
    const [mother, son] = [await desks.personOf(referralId), await desks.personOf(referralId, 'member-1')];
    if (sonToo) await desks.consent(son, { categories: ['identity'] });
    await desks.consent(mother, { categories: ['identity', 'concern', ...(sonToo ? (['household'] as const) : [])] });
    await arrived();
    return { referralId, mother, son };
  }
  const unitOf = async (who: Api, query: string) => who('GET', `/support-units?${query}`);
  const ask = async (who: Api, query: string) => {
    const { status, body } = await unitOf(who, query);
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    return body.items[0];
  };
  const held = async (...persons: string[]) => ({
    id: await heldConference(desks.under, { host: takikanId, persons, on: heldOn }),
    heldOn,
  });
  const step = (who: Api, unit: { id: string; version: number }, body: object, path = 'lead') =>
    who('POST', `/support-units/${unit.id}/${path}`, body, { 'if-match': String(unit.version) });
  const refs = (unit: { members: { ref: string }[] }) => unit.members.map((m) => m.ref).sort();

  it('are not there before anything has gone out, nor for a stranger, nor for who took no part', async () => {
    const held = await desks.submit(withoutConsent());
    const person = await desks.personOf(held.referralId);
    const answers = [
      await unitOf(desks.sender, `person=${person}`),
      await unitOf(desks.sender, `person=${stranger}`),
      await unitOf(desks.recipient, `referral=${held.referralId}`),
    ];
    const { mother, referralId } = await household('0000660001');
    answers.push(await unitOf(shogai, `person=${mother}`), await unitOf(shogai, `referral=${referralId}`));
    const unit = await ask(desks.sender, `person=${mother}`);
    answers.push(await shogai('GET', `/support-units/${unit.id}`), await shogai('GET', `/support-units/${stranger}`));
    answers.push(await coordinator('GET', `/support-units/${unit.id}`));
    answers.push(
      await step(shogai, unit, { step: 'cancel' }),
      await step(shogai, unit, { members: [stranger] }, 'split'),
    );
    const told = answers.map(({ status, body: { requestId: _, instance: __, ...body } }) => ({ status, ...body }));
    expect(told[0]).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(new Set(told.map((t) => JSON.stringify(t))).size).toBe(1);
  });

  it('have somebody once who stands in a record twice, since two of its members have become one', async () => {
    const { referralId, mother, son } = await household('0000660022');
    await desks.under.rows(`update referral set members = replace(members::text, $2, $3)::jsonb where id = $1`, [
      referralId,
      son,
      mother,
    ]);
    expect((await ask(desks.sender, `referral=${referralId}`)).members).toHaveLength(1);
  });

  it('are not found by a referral of others, not even about somebody the desk knows', async () => {
    const insured = '0000660021';
    const { referralId, mother } = await household(insured);
    expect((await ask(desks.recipient, `referral=${referralId}`)).members).toHaveLength(2);
    const others = await desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
    await desks.consent(mother, { recipients: [{ domain: 'shogai' }] });
    expect((await desks.view(desks.sender, others.referralId)).state).toBe('sent');
    expect((await unitOf(desks.recipient, `referral=${others.referralId}`)).status).toBe(404);
    expect((await unitOf(desks.sender, `referral=${others.referralId}`)).status).toBe(200);
  });

  it('are made when somebody asks first, whoever it is: the first sender leads', async () => {
    const { referralId, son } = await household('0000660002');
    const theirs = await ask(desks.recipient, `referral=${referralId}`);
    expect(theirs).toMatchObject({ version: 1, lead: { function: { domain: 'kaigo' } } });
    expect(refs(theirs)).toEqual(['member-1', 'subject']);
    expect(await ask(desks.sender, `person=${son}`)).toEqual(theirs);
    expect(theirs.alarm).toBeUndefined();
  });

  it('are made once when both desks ask at the same moment', async () => {
    const { referralId, mother } = await household('0000660011');
    const [mine, theirs] = await Promise.all([
      ask(desks.sender, `person=${mother}`),
      ask(desks.recipient, `referral=${referralId}`),
    ]);
    expect(mine).toEqual(theirs);
  });

  it('name the worker from whom the first referral comes', async () => {
    const { body } = await desks.sender(
      'POST',
      '/referrals',
      {
        kind: 'referral',
        to: { domain: 'konkyu' },
        urgency: 'normal',
        purpose: 'consultation',
        subject: aSubmission().subject,
        others: [],
        source: { system: 'kaigo', key: 'W-1', change: 'new', occurredAt: '2026-01-05T00:00:00+09:00' },
        howTheyMeet: 'through_sender',
        acting: { name: '見本　太郎' },
        ...informed,
      },
      { 'idempotency-key': 'unit-worker' },
    );
    await desks.consent((await desks.view(desks.sender, body.id)).person);
    await arrived();
    expect((await ask(desks.sender, `referral=${body.id}`)).lead).toMatchObject({
      function: { domain: 'kaigo' },
      worker: '見本　太郎',
    });
  });

  it('show a recipient only the members that were disclosed to it', async () => {
    const { referralId, mother } = await household('0000660003', { sonToo: false });
    expect(refs(await ask(desks.sender, `person=${mother}`))).toEqual(['member-1', 'subject']);
    expect(refs(await ask(desks.recipient, `referral=${referralId}`))).toEqual(['subject']);
  });

  it('are no longer there for a desk at which a referral was misdirected', async () => {
    const { referralId } = await household('0000660012');
    const unit = await ask(desks.recipient, `referral=${referralId}`);
    await desks.under.rows('update referral set misdirected = true where id = $1', [referralId]);
    expect((await desks.recipient('GET', `/support-units/${unit.id}`)).status).toBe(404);
    expect((await unitOf(desks.recipient, `referral=${referralId}`)).status).toBe(404);
  });

  it('do not show a later sender that somebody else has been at work: it has a unit of its own', async () => {
    const insured = '0000660004';
    const { mother } = await household(insured);
    const first = await ask(desks.sender, `person=${mother}`);
    const own = aSubmission({ insured, to: { domain: 'konkyu' } });
    const source = { system: 'shogai', key: 'S-1', change: 'new', occurredAt: own.source.occurredAt };
    const { kind, to, urgency, purpose } = own;
    const subject = { ...own.subject, identifiers: [{ system: 'shogai', value: 'S-0001' }] };
    const submitted = await shogai(
      'POST',
      '/referrals',
      { kind, to, urgency, purpose, subject, others: [], source, howTheyMeet: 'through_sender', ...informed },
      { 'idempotency-key': 'unit-s-1' },
    );
    const referral = submitted.body.id as string;
    // Linked to the same woman while it waits.
    await desks.under.rows(
      `update referral set subject = $2::uuid, members = replace(members::text, subject::text, $2::uuid::text)::jsonb where id = $1`,
      [referral, mother],
    );
    expect((await unitOf(shogai, `person=${mother}`)).status).toBe(404);
    const consent = await shogai('POST', '/consents', {
      person: mother,
      giver: 'self',
      manner: 'written',
      formVersion: generalForm,
      scope: {
        categories: ['identity', 'concern'],
        recipients: [{ domain: 'konkyu' }],
        purposes: ['consultation'],
        from: '2026-01-01',
        until: '2099-03-31',
        feedback: 'state',
      },
    });
    expect(consent.status).toBe(201);
    await arrived();
    const second = await ask(shogai, `person=${mother}`);
    apart = second;
    expect(second.id).not.toBe(first.id);
    expect(second).toMatchObject({ version: 1, lead: { function: { domain: 'shogai' } } });
    expect(refs(second)).toEqual(['subject']);
    expect((await shogai('GET', `/support-units/${first.id}`)).status).toBe(404);
    // Who was sent both knows both.
    expect((await unitOf(desks.recipient, `referral=${referral}`)).body.items).toHaveLength(2);
  });

  it('pass to the other desk when it agrees and the person is told', async () => {
    const { referralId, mother } = await household('0000660005');
    const theirs = await ask(desks.recipient, `referral=${referralId}`);
    const offer = { step: 'propose', to: desks.functions.konkyu };
    expect((await step(desks.recipient, theirs, offer)).body.code).toBe('LEAD_NOT_YOURS');
    const offered = await step(desks.sender, await ask(desks.sender, `person=${mother}`), offer);
    expect(offered.body).toMatchObject({
      version: 2,
      lead: { function: { domain: 'kaigo' } },
      offeredTo: { domain: 'konkyu' },
    });

    const agree = { step: 'agree', worker: '試験　花子', ...informed };
    expect((await step(desks.recipient, theirs, agree)).body.code).toBe('VERSION_CONFLICT');
    const { version } = offered.body;
    expect(
      (await step(desks.recipient, { ...theirs, version }, { step: 'agree', worker: '試験　花子' })).body.code,
    ).toBe('PERSON_NOT_INFORMED');
    const agreed = await step(desks.recipient, { ...theirs, version }, agree);
    expect(agreed.body).toMatchObject({ version: 3, lead: { function: { domain: 'konkyu' }, worker: '試験　花子' } });
    expect(agreed.body.offeredTo).toBeUndefined();
    expect(await ask(desks.sender, `person=${mother}`)).toMatchObject({ lead: agreed.body.lead });

    const rows = await desks.under.rows<{ worker: Buffer | null; reason: string; until_at: Date | null }>(
      'select worker, reason, until_at from lead where unit = $1 order by seq',
      [theirs.id],
    );
    expect(rows.map((r) => [r.reason, r.until_at === null])).toEqual([
      ['first_sender', false],
      ['agreed', true],
    ]);
    expect(rows[1]!.worker!.includes('試験')).toBe(false);
    const actions = await desks.under.rows('select action from audit_entry where object = $1 order by id', [theirs.id]);
    expect(actions.map((a) => a['action'])).toEqual(['unit.founded', 'unit.lead.propose', 'unit.lead.agree']);
  });

  it('let one of two win who act on the same version', async () => {
    const { mother } = await household('0000660006');
    const unit = await ask(desks.sender, `person=${mother}`);
    const both = await Promise.all(
      ['試験　一', '試験　二'].map((worker) => step(desks.sender, unit, { step: 'name_worker', worker })),
    );
    expect(both.map((b) => b.status).sort()).toEqual([200, 412]);
  });

  it('refuse a マイナンバー in a text, and a conference that is recorded where none is held', async () => {
    const { mother } = await household('0000660007');
    const unit = await ask(desks.sender, `person=${mother}`);
    const numbered = await step(desks.sender, unit, { step: 'name_worker', worker: '試験 123456789018' });
    expect(numbered.body.code).toBe('SUBMISSION_REJECTED');
    const told = { step: 'by_conference', to: desks.functions.konkyu, worker: '試験　花子', ...informed };
    const conference = await held(stranger);
    expect((await step(desks.sender, unit, { ...told, conference })).body.code).toBe('CONFERENCE_NOT_YOURS');
    expect((await takikan('GET', `/support-units/${unit.id}`)).status).toBe(404);
  });

  it('are split by the lead without another desk noticing anything, not even a version', async () => {
    const { referralId, mother } = await household('0000660008');
    const theirs = await ask(desks.recipient, `referral=${referralId}`);
    const unit = await ask(desks.sender, `person=${mother}`);
    const her = unit.members.find((m: { ref: string }) => m.ref === 'subject').id;
    const all = unit.members.map((m: { id: string }) => m.id);
    expect((await step(desks.recipient, theirs, { members: [her] }, 'split')).body.code).toBe('LEAD_NOT_YOURS');
    expect((await step(desks.sender, unit, { members: all }, 'split')).body.code).toBe('UNIT_NOT_DIVISIBLE');
    expect((await step(desks.sender, unit, { members: [stranger] }, 'split')).body.code).toBe('UNIT_NOT_DIVISIBLE');
    const apart = await step(desks.sender, unit, { members: [her] }, 'split');
    expect(apart.status).toBe(201);
    expect(refs(apart.body)).toEqual(['subject']);
    expect(apart.body.lead).toMatchObject({ function: { domain: 'kaigo' } });

    const rest = (await desks.sender('GET', `/support-units/${unit.id}`)).body;
    expect(refs(rest)).toEqual(['member-1']);
    expect(rest.lead).toEqual(unit.lead);
    expect((await step(desks.sender, unit, { members: [her] }, 'split')).body.code).toBe('VERSION_CONFLICT');
    expect(await ask(desks.recipient, `referral=${referralId}`)).toEqual(theirs);
    expect((await desks.recipient('GET', `/support-units/${apart.body.id}`)).status).toBe(404);
    expect((await ask(desks.sender, `person=${mother}`)).id).toBe(apart.body.id);

    // Joined again, everything is as it was.
    const joined = await step(desks.sender, apart.body, { into: unit.id }, 'join');
    expect(refs(joined.body)).toEqual(['member-1', 'subject']);
    expect((await desks.sender('GET', `/support-units/${apart.body.id}`)).status).toBe(404);
    const standing = await desks.under.rows('select unit from lead where unit = any($1::uuid[]) and until_at is null', [
      [unit.id, apart.body.id],
    ]);
    expect(standing).toEqual([{ unit: unit.id }]);
  });

  it('hide a split also from a desk that asks for the first time after it', async () => {
    const { referralId, mother, son } = await household('0000660009');
    const unit = await ask(desks.sender, `person=${mother}`);
    const her = unit.members.find((m: { ref: string }) => m.ref === 'subject').id;
    expect((await step(desks.sender, unit, { members: [her] }, 'split')).status).toBe(201);
    const theirs = await ask(desks.recipient, `referral=${referralId}`);
    expect(theirs).toMatchObject({ id: unit.id, version: 1 });
    expect(refs(theirs)).toEqual(['member-1', 'subject']);
    expect((await ask(desks.sender, `person=${son}`)).id).toBe(unit.id);
  });

  it('are an alarm when the function that leads has ended: the coordinator has it on the list until a conference has decided', async () => {
    const { referralId, mother } = await household('0000660010');
    const conference = await held(mother);
    const mine = async () =>
      (await coordinator('GET', '/todos?kind=lead_missing')).body.items as { unitId: string; function: object }[];
    const theirs = await ask(desks.recipient, `referral=${referralId}`);
    expect(await mine()).toEqual([]);
    const offered = await step(desks.sender, theirs, { step: 'propose', to: desks.functions.konkyu });
    const { version } = offered.body;
    expect(
      (await step(desks.recipient, { ...theirs, version }, { step: 'agree', worker: '試験　花子', ...informed }))
        .status,
    ).toBe(200);

    await desks.under.rows('update desk_function set valid_to = $2 where id = $1', [
      desks.functions.konkyu,
      '2026-01-31',
    ]);
    const listed = await waitFor(
      async () => {
        const items = await mine();
        return items.length > 0 && items;
      },
      { what: 'the directory to know' },
    );
    expect(listed.find((t) => t.unitId === theirs.id)).toMatchObject({ function: { domain: 'konkyu' } });

    // S16: whoever has a unit of its own learns of no alarm, and nothing of it has changed.
    expect((await shogai('GET', `/support-units/${apart.id}`)).body).toEqual(apart);

    const seen = (await desks.sender('GET', `/support-units/${theirs.id}`)).body;
    expect([seen.alarm, seen.lead]).toEqual(['lead_missing', undefined]);
    const overview = (await coordinator('GET', `/support-units/${theirs.id}`)).body;
    expect([overview.alarm, overview.members]).toEqual(['lead_missing', []]);
    const decided = { step: 'by_conference', to: desks.functions.kaigo, worker: '試験　次郎', conference, ...informed };
    expect((await step(desks.sender, seen, decided)).body.code).toBe('CONFERENCE_NOT_YOURS');
    const found = await step(coordinator, overview, decided);
    expect(found.body).toMatchObject({ lead: { function: { domain: 'kaigo' }, conference: { kind: 'juso', heldOn } } });
    expect(JSON.stringify(found.body)).not.toContain(conference.id);
    expect((await mine()).map((t) => t.unitId)).not.toContain(theirs.id);
    expect((await coordinator('GET', `/support-units/${theirs.id}`)).status).toBe(404);
    await desks.under.rows('update desk_function set valid_to = null where id = $1', [desks.functions.konkyu]);
  });

  describe('led by a desk that is at work there no more', () => {
    const missing = async () =>
      (
        (await coordinator('GET', '/todos?kind=lead_missing')).body.items as {
          unitId: string;
          function: { domain: string };
          createdAt: string;
        }[]
      ).map((t) => t.unitId);
    beforeAll(() =>
      waitFor(async () => !(await desks.sender('GET', `/desk-functions/${desks.functions.konkyu}`)).body.validTo, {
        what: 'the directory to know that the function goes on',
      }),
    );
    const agree = { step: 'agree', worker: '試験　花子', ...informed };
    const byConference = (to: string, conference: object) => ({
      step: 'by_conference',
      to,
      worker: '試験　次郎',
      conference,
      ...informed,
    });
    /** 生活困窮 has taken the mother, and the lead with her. */
    const handedOver = async (insured: string) => {
      const { referralId } = await desks.submit(withoutConsent({ insured }));
      const mother = await desks.personOf(referralId);
      const consent = await desks.consent(mother);
      await arrived();
      await waitFor(async () => (await desks.view(desks.recipient, referralId)).state === 'received', {
        what: 'the receipt to be heard',
      });
      const accepted = { worker: { name: '試験　花子' }, personMatched: true };
      expect((await desks.act(desks.recipient, referralId, 'accept', accepted)).status).toBe(200);
      const unit = await ask(desks.recipient, `referral=${referralId}`);
      const { body } = await step(desks.sender, unit, { step: 'propose', to: desks.functions.konkyu });
      expect((await step(desks.recipient, body, agree)).status).toBe(200);
      return { referralId, mother, consent, unit };
    };

    it('are an alarm of the coordinator when the consent is withdrawn after 引受, and nothing that another desk notices', async () => {
      const { referralId, mother, consent, unit } = await handedOver('0000660031');
      expect(await missing()).not.toContain(unit.id);
      expect((await coordinator('GET', `/support-units/${unit.id}`)).status).toBe(404);
      const before = await ask(desks.sender, `person=${mother}`);

      await desks.withdraw(consent);
      expect((await desks.view(desks.recipient, referralId)).state).toBe('accepted');
      expect((await desks.recipient('GET', `/support-units/${unit.id}`)).status).toBe(404);
      expect(await ask(desks.sender, `person=${mother}`)).toEqual(before);
      expect(await missing()).toContain(unit.id);
      const overview = (await coordinator('GET', `/support-units/${unit.id}`)).body;
      expect([overview.alarm, overview.lead, overview.members]).toEqual(['lead_missing', undefined, []]);

      const conference = await held(mother);
      // Of others, on another day, or not there: one and the same no.
      const unknown = [];
      for (const said of [await held(stranger), { ...conference, heldOn: '2026-01-06' }, { id: stranger, heldOn }]) {
        const { status, body } = await step(coordinator, overview, byConference(desks.functions.kaigo, said));
        unknown.push({ status, ...body, requestId: undefined });
      }
      expect(unknown[0]).toMatchObject({ status: 422, code: 'CONFERENCE_UNKNOWN' });
      expect(unknown).toEqual([unknown[0], unknown[0], unknown[0]]);
      // Neither the one who is gone, nor one who was never there, nor one that does not exist.
      const refused = [];
      for (const to of [desks.functions.konkyu, desks.functions.shogai, stranger]) {
        const { status, body } = await step(coordinator, overview, byConference(to, conference));
        refused.push({ status, ...body, requestId: undefined });
      }
      expect(refused[0]).toMatchObject({ status: 404, code: 'FUNCTION_UNKNOWN' });
      expect(refused).toEqual([refused[0], refused[0], refused[0]]);
      const found = await step(coordinator, overview, byConference(desks.functions.kaigo, conference));
      expect(found.body.lead.function).toMatchObject({ domain: 'kaigo' });
      expect(await missing()).not.toContain(unit.id);
    });

    it('are no alarm any more when it is at work again', async () => {
      const { referralId, mother, consent, unit } = await handedOver('0000660032');
      await desks.withdraw(consent);
      await desks.konkyu.takeNext('referral.recalled.v1', referralId);
      expect(await missing()).toContain(unit.id);
      await desks.consent(mother);
      await desks.konkyu.takeNext('referral.sent.v1', referralId);
      await waitFor(async () => (await desks.recipient('GET', `/support-units/${unit.id}`)).status === 200, {
        what: 'what comes again',
      });
      expect(await missing()).not.toContain(unit.id);
      expect((await coordinator('GET', `/support-units/${unit.id}`)).status).toBe(404);
    });

    it('are an alarm when a conference had named a stranger', async () => {
      const { unit } = await handedOver('0000660033');
      await desks.under.rows(
        `update lead set function = $2, reason = 'conference' where unit = $1 and until_at is null`,
        [unit.id, desks.functions.shogai],
      );
      expect(await missing()).toContain(unit.id);
    });

    it('are an alarm when the first sender has entered in error what it sent, and are missed by nobody when that was all', async () => {
      const { referralId, mother, unit } = await handedOver('0000660034');
      await desks.under.rows(`delete from lead where unit = $1 and until_at is null`, [unit.id]);
      await desks.under.rows(`update lead set until_at = null where unit = $1`, [unit.id]);
      expect((await desks.act(desks.sender, referralId, 'mark-error', { reason: '試験' })).status).toBe(200);
      expect(await missing()).not.toContain(unit.id);
      // Another desk has sent about her as well.
      const others = await desks.submit(withoutConsent({ insured: '0000660034', to: { domain: 'shogai' } }));
      await desks.consent(mother, { recipients: [{ domain: 'shogai' }] });
      await waitFor(async () => (await desks.view(shogai, others.referralId)).state === 'sent', { what: 'it to go' });
      expect(await missing()).not.toContain(unit.id);
      await desks.under.rows('update referral set from_function = $2 where id = $1', [others.referralId, takikanId]);
      await desks.under.rows('update lead set doubt = gen_random_uuid() where unit = $1', [unit.id]);
      expect(await missing()).toContain(unit.id);
    });

    it('is not offered to a desk that the one who leads has sent nothing to, as if there were none', async () => {
      const { mother, referralId } = await household('0000660035');
      const unit = await ask(desks.sender, `person=${mother}`);
      const refused = [];
      for (const to of [desks.functions.shogai, stranger]) {
        const { status, body } = await step(desks.sender, unit, { step: 'propose', to });
        refused.push({ status, ...body, requestId: undefined });
      }
      expect(refused[0]).toMatchObject({ status: 404, code: 'FUNCTION_UNKNOWN' });
      expect(refused[1]).toEqual(refused[0]);
      expect(await ask(desks.recipient, `referral=${referralId}`)).toEqual(unit);
      expect((await step(desks.sender, unit, { step: 'propose', to: desks.functions.konkyu })).status).toBe(200);
    });
  });
});
