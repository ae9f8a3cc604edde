// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { herMatters, holdsNone, seal, todos, told, unseal } from '../../test/her-matters';
import type { Api } from '../../test/sign-in';
import { twoDesks, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'a person who must not be found any longer', () => {
  let desks: TwoDesks;
  let officer: Api;
  let approver: Api;
  beforeAll(async () => {
    desks = await twoDesks({ timings: { sweep: 100 } });
    officer = await desks.under.as({ role: 'privacy_officer' });
    approver = await desks.under.as({ role: 'approver' });
  });
  afterAll(() => desks?.close());
  const { insured, about, waits, next, arrived, allowed } = herMatters(() => desks);

  it('is ended with the seals that it brought, by the same two persons in one act', async () => {
    const number = insured();
    const child = {
      ref: 'child',
      role: 'child' as const,
      identifiers: [{ system: 'kaigo', value: `00990010-${number}` }],
      items: { identity: { name: '見本　星子' } },
    };
    const mother = await waits(about({}, { others: [child] }));
    const daughter = await desks.personOf(mother.referralId, 'member-1');
    const { body: recorded } = await seal(desks.sender, mother.person, { along: [daughter] });
    const sealsOf = async (person: string) =>
      (await desks.sender('GET', `/persons/${person}/protection`)).body.seals as { id: string; along?: string }[];
    expect(await sealsOf(daughter)).toMatchObject([{ along: recorded.id }]);
    const asked = { seal: recorded.id, reason: '支援措置が終わり、本人も望んでいる。' };
    expect((await unseal(officer, mother.person, asked)).body).toEqual({ unsealed: false });
    expect([await sealsOf(mother.person), await sealsOf(daughter)].map((s) => s.length)).toEqual([1, 1]);
    const confirmed = await unseal(approver, mother.person, { seal: recorded.id, confirm: true });
    expect(confirmed.body).toEqual({ unsealed: true });
    expect([await sealsOf(mother.person), await sealsOf(daughter)]).toEqual([[], []]);
    const ended = await desks.under.rows<{ asked_by: string; confirmed_by: string }>(
      'select u.asked_by, u.confirmed_by from person_unseal u join person_seal s on s.id = u.seal where s.id = $1 or s.along = $1',
      [recorded.id],
    );
    expect(ended).toHaveLength(2);
    expect(ended[0]).toEqual(ended[1]);
  });

  it('of a child that fled along ends by itself, while hers goes on', async () => {
    const number = insured();
    const child = {
      ref: 'child',
      role: 'child' as const,
      identifiers: [{ system: 'kaigo', value: `00990010-${number}` }],
      items: { identity: { name: '見本　星子' } },
    };
    const mother = await waits(about({}, { others: [child] }));
    const daughter = await desks.personOf(mother.referralId, 'member-1');
    await seal(desks.sender, mother.person, { along: [daughter] });
    const sealsOf = async (person: string) =>
      (await desks.sender('GET', `/persons/${person}/protection`)).body.seals as { id: string }[];
    const [hers] = await sealsOf(daughter);
    await unseal(officer, daughter, { seal: hers?.id, reason: '父のもとで暮らすことになった。' });
    expect((await unseal(approver, daughter, { seal: hers?.id, confirm: true })).body).toEqual({ unsealed: true });
    expect([await sealsOf(mother.person), await sealsOf(daughter)].map((s) => s.length)).toEqual([1, 0]);
  });

  describe('whose protection is to end', () => {
    it('is protected until two persons have said so, neither of them alone and no contractor', async () => {
      const { person } = await waits();
      const { id } = (await seal(desks.sender, person)).body;
      expect((await unseal(desks.sender, person, { seal: id, reason: '終わった。' })).status).toBe(403);
      expect(told(await unseal(officer, person, { seal: id, confirm: true }))).toEqual([409, 'SECOND_PERSON_NEEDED']);
      expect((await unseal(officer, person, { seal: id, reason: '終わった。' })).body).toEqual({ unsealed: false });
      expect(told(await unseal(officer, person, { seal: id, confirm: true }))).toEqual([409, 'SECOND_PERSON_NEEDED']);
      expect((await todos(approver, 'confirm_unseal')).map((t) => t.person)).toContain(person);
      expect((await approver('GET', `/persons/${person}/protection`)).body.seals).toMatchObject([{ id }]);
      expect((await unseal(approver, person, { seal: id, confirm: true })).body).toEqual({ unsealed: true });
      expect((await desks.sender('GET', `/persons/${person}/protection`)).body.seals).toEqual([]);
      expect((await unseal(approver, person, { seal: id, confirm: true })).status).toBe(404);
    });

    it('leaves on the list what is asked of another protection, and that another one has lapsed', async () => {
      const { person, referralId } = await waits();
      await allowed(person);
      await next('referral.sent.v1', referralId);
      await arrived(referralId);
      const one = (await seal(desks.recipient, person)).body.id as string;
      await desks.konkyu.takeNext('referral.recalled.v1', referralId);
      await next('referral.sent.v1', referralId);
      const other = (await seal(desks.recipient, person, { ground: 'fukaiji' })).body.id as string;
      await seal(desks.sender, person, { until: '2026-02-01' });
      const lapsed = async () => (await todos(desks.sender, 'seal_lapsed')).map((t) => t.person);
      await waitFor(async () => (await lapsed()).includes(person), { what: 'the seal to ask' });
      for (const id of [one, other]) await unseal(officer, person, { seal: id, reason: '終わった。' });
      const asked = async () => (await todos(approver, 'confirm_unseal')).map((t) => t.person);
      expect((await unseal(approver, person, { seal: one, confirm: true })).status).toBe(200);
      expect([await asked(), await lapsed()]).toEqual([expect.arrayContaining([person]), [person]]);
      expect((await unseal(approver, person, { seal: other, confirm: true })).status).toBe(200);
      expect([await asked(), await lapsed()]).toEqual([expect.not.arrayContaining([person]), [person]]);
    });

    it('ends once, when two confirm it at once', async () => {
      const { person } = await waits();
      const { id } = (await seal(desks.sender, person)).body;
      for (const who of [officer, approver]) await unseal(who, person, { seal: id, reason: '終わった。' });
      const answers = await Promise.all(
        [officer, approver].map((who) => unseal(who, person, { seal: id, confirm: true })),
      );
      expect(answers.map(told).sort()).toEqual([
        [200, undefined],
        [404, 'NOT_FOUND'],
      ]);
      expect(
        await desks.under.rows('select id from person_unseal where seal = $1 and confirmed_at is not null', [id]),
      ).toHaveLength(1);
    });

    it.each(['confirmed', 'renewed'] as const)('is not asked after when it is %s as it lapses', async (how) => {
      const { person } = await waits();
      const { id } = (await seal(desks.sender, person, { until: '2026-02-01' })).body;
      const asked = async () => (await todos(desks.sender, 'seal_lapsed')).find((t) => t.person === person);
      await waitFor(async () => (await asked()) !== undefined, { what: 'the seal to ask' });
      await unseal(officer, person, { seal: id, reason: '終わった。' });
      expect((await desks.sender('POST', `/todos/${(await asked())?.id}/done`, {})).status).toBe(204);
      const client = new Client({ connectionString: desks.under.config.databaseUrl });
      await client.connect();
      // Whoever writes the same on the list waits for this one, who has not said yet that it stays.
      await client.query('begin');
      await client.query(
        `insert into todo (id, function, role, kind, person, created_at) values (gen_random_uuid(), $1, 'caseworker', 'seal_lapsed', $2, now())`,
        [desks.functions.kaigo, person],
      );
      const isWaiting = async (what: string) =>
        (
          await desks.under.rows(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
            [what],
          )
        ).length > 0;
      await desks.under.rows('update person_seal set version = 1 where id = $1', [id]);
      await waitFor(() => isWaiting('%insert into todo %'), { what: 'the seal to ask again' });
      let isDone = false;
      const said = (
        how === 'confirmed'
          ? unseal(approver, person, { seal: id, confirm: true })
          : seal(desks.sender, person, { until: '2099-03-31' })
      ).then((answer) => {
        isDone = true;
        return answer;
      });
      await waitFor(async () => isDone || (await isWaiting('%for no key update%')), { what: 'it to be said' });
      await client.query('rollback');
      await client.end();
      expect((await said).status).toBeLessThan(300);
      const hasAsked = 'select 1 from person_seal where id = $1 and version = 2';
      await waitFor(async () => (await desks.under.rows(hasAsked, [id])).length > 0, { what: 'the sweep to be over' });
      expect(await asked()).toBeUndefined();
    });

    it('is asked after when a 支援措置 has lapsed, and protected still', async () => {
      const { person, referralId } = await waits();
      await seal(desks.sender, person, { until: '2026-02-01' });
      await waitFor(async () => (await todos(desks.sender, 'seal_lapsed')).some((t) => t.person === person), {
        what: 'the seal to ask',
      });
      await allowed(person);
      holdsNone((await next('referral.sent.v1', referralId)).referral);
      expect((await desks.sender('GET', `/persons/${person}/protection`)).body.seals).toMatchObject([{ lapsed: true }]);
      await seal(desks.sender, person, { until: '2099-03-31' });
      expect((await todos(desks.sender, 'seal_lapsed')).map((t) => t.person)).not.toContain(person);
    });
  });
});
