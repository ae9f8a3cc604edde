// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices } from '@tsunagi/testing';
import { wishesOf } from './wishes';
import { withoutConsent, twoDesks, type TwoDesks } from '../../test/two-desks';
import { Database } from '../platform';

describeWithServices(['postgres'], 'what is recorded about persons', () => {
  let desks: TwoDesks;
  let insured = 970000;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const someone = async () => {
    const { referralId } = await desks.submit(withoutConsent({ insured: `0000${(insured += 1)}` }));
    return { referral: referralId, person: await desks.personOf(referralId) };
  };
  const read = (...persons: string[]) => wishesOf(desks.under.hub.app.get(Database), persons);
  const rows = (sql: string, parameters: unknown[]) => desks.under.rows(sql, parameters);
  const seal = (person: string, id: string = randomUUID()) =>
    rows(
      `insert into person_seal (id, person, ground, valid_from, function, recorded_by, recorded_at)
       values ($1, $2, 'shien_sochi', '2026-04-01', $3, 'staff:a', now()) returning id`,
      [id, person, desks.functions.kaigo],
    );

  it('is nothing about whom nothing is recorded', async () => {
    const { person } = await someone();
    expect(await read(person)).toEqual({
      consents: [],
      refusals: [],
      grounds: [],
      seals: [],
      dangers: [],
      sittings: [],
    });
  });

  it('is a ground, before and after somebody has decided on it', async () => {
    const { person, referral } = await someone();
    const [row] = await desks.under.rows<{ id: string }>(`select id from authority_row where code = 'emergency'`);
    const id = randomUUID();
    await rows(
      `insert into ground (id, referral, authority_row, code, function, drafted_by, persons, categories, said, words, recorded_at)
       values ($1, $2, $3, 'emergency', $4, 'staff:a', array[$5::uuid], '{identity,contact,health}', '{reason}', '', '2026-11-28T12:40:00Z')`,
      [id, referral, row!.id, desks.functions.kaigo, person],
    );
    const recorded = {
      id,
      version: 1,
      referral,
      row: row!.id,
      code: 'emergency',
      function: desks.functions.kaigo,
      by: 'staff:a',
      persons: [person],
      categories: ['identity', 'contact', 'health'],
      said: ['reason'],
      recordedAt: '2026-11-28T12:40:00.000Z',
    };
    expect((await read(person)).grounds).toEqual([recorded]);
    const decide = (by: string) =>
      rows(
        `update ground set version = 2, decided_at = '2026-11-30T00:30:00Z', decided_by = $2, outcome = 'approved', approved = '{identity}', until = '2026-12-20'
         where id = $1`,
        [id, by],
      );
    await expect(decide('staff:a')).rejects.toThrow('ground_check');
    await decide('staff:b');
    expect((await read(person)).grounds).toEqual([
      {
        ...recorded,
        version: 2,
        decided: {
          at: '2026-11-30T00:30:00.000Z',
          by: 'staff:b',
          outcome: 'approved',
          categories: ['identity'],
          overRefusal: false,
        },
        until: '2026-12-20',
      },
    ]);
  });

  it('is a seal until two have taken it away', async () => {
    const { person } = await someone();
    const id = randomUUID();
    await seal(person, id);
    expect((await read(person)).seals).toEqual([{ id, person }]);
    await rows(
      `insert into person_unseal (id, seal, reason, asked_by, asked_at) values (gen_random_uuid(), $1, '', 'staff:a', now())`,
      [id],
    );
    const confirm = (by: string) =>
      rows(`update person_unseal set confirmed_by = $2, confirmed_at = now() where seal = $1`, [id, by]);
    await expect(confirm('staff:a')).rejects.toThrow('person_unseal_check');
    expect((await read(person)).seals).toHaveLength(1);
    await confirm('staff:b');
    expect((await read(person)).seals).toEqual([]);
  });

  it('is who endangers the person, one or the whole household, until that has ended', async () => {
    const [{ person }, other] = [await someone(), await someone()];
    const endangers = (from: string | null) =>
      rows(
        `insert into person_danger (id, person, from_person, from_household, function, recorded_by, recorded_at)
         values (gen_random_uuid(), $1, $2, $2::uuid is null, $3, 'staff:a', now())`,
        [person, from, desks.functions.kaigo],
      );
    await endangers(other.person);
    await endangers(null);
    const { dangers } = await read(person);
    expect(dangers).toHaveLength(2);
    expect(dangers).toEqual(
      expect.arrayContaining([
        { person, from: other.person },
        { person, from: 'household' },
      ]),
    );
    expect((await read(other.person)).dangers).toEqual([]);
    await rows(`update person_danger set ended_at = now(), ended_by = 'staff:b' where person = $1`, [person]);
    expect((await read(person)).dangers).toEqual([]);
  });

  it('is a sitting that shares, with those who were called to it by name', async () => {
    const { person } = await someone();
    const id = randomUUID();
    await rows(
      `insert into conference (id, kind, host_function, state, persons, proposed_by, reason, proposed_at, shares_until)
       values ($1, 'yotaikyo_case', $2, 'called', array[$3::uuid], 'staff:a', '', now(), '2027-05-01T00:00:00Z')`,
      [id, desks.functions.kaigo, person],
    );
    const [staff] = await desks.under.rows<{ id: string }>('select id from staff order by id limit 1');
    await rows(
      `insert into conference_member (id, conference, staff, function, attendance, called_at, acknowledged_at) values
         (gen_random_uuid(), $1, $2, $3, 'obligatory', now(), now()), (gen_random_uuid(), $1, null, null, 'person', now(), null)`,
      [id, staff!.id, desks.functions.kaigo],
    );
    const sitting = {
      id,
      version: 1,
      kind: 'yotaikyo_case',
      authority: 'yotaikyo',
      state: 'called',
      persons: [person],
      until: Date.parse('2027-05-01T00:00:00Z'),
      members: [{ function: desks.functions.kaigo, staff: staff!.id, acknowledged: true }],
    };
    expect((await read(person)).sittings).toEqual([sitting]);
    await rows(`update conference set state = 'open', version = 2 where id = $1`, [id]);
    expect((await read(person)).sittings).toEqual([{ ...sitting, version: 2, state: 'open' }]);
    await rows(`update conference set state = 'ended' where id = $1`, [id]);
    expect((await read(person)).sittings).toEqual([]);
  });

  it('follows a seal to the person whom it speaks of now', async () => {
    const [{ person }, kept] = [await someone(), await someone()];
    const id = randomUUID();
    await seal(person, id);
    await rows('update person_seal set person = $2 where id = $1', [id, kept.person]);
    expect([(await read(person)).seals, (await read(kept.person)).seals]).toEqual([[], [{ id, person: kept.person }]]);
  });
});
