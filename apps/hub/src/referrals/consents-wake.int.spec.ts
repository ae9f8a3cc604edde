// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { ShiftedClock } from '../../test/shifted-clock';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(60_000);

const day = '2027-09-13';

describeWithServices(['postgres'], 'what a word of a person asks of its desk as time goes by', () => {
  let desks: TwoDesks;
  let admin: Api;
  let clock: ShiftedClock;

  beforeEach(async () => {
    clock = new ShiftedClock();
    clock.set(new Date(`${day}T10:00:00+09:00`));
    desks = await twoDesks({ clock, timings: { sweep: 100 } });
    admin = await desks.under.as({ role: 'it_admin' });
  });
  afterEach(() => desks.close());

  /** Nothing is due any more. */
  const looked = () =>
    waitFor(
      async () =>
        (
          await desks.under.rows(
            'select id from consent where clock_at <= $1 union all select id from refusal where clock_at <= $1',
            [(await admin('GET', '/clock')).body.now],
          )
        ).length === 0,
      { what: 'the clock to be done' },
    );
  const jumpTo = async (to: string, time = '00:00:00') => {
    const { status, body } = await admin('POST', '/clock', { jumpTo: `${to}T${time}+09:00` });
    expect([status, body.code]).toEqual([200, undefined]);
    await looked();
  };
  const asserts = (over: Parameters<typeof aSubmission>[0] = {}) =>
    desks.submit(
      aSubmission({
        occurredAt: `${day}T00:00:00+09:00`,
        asserted: { code: '1', formVersion: 'K-2026-1', on: day },
        ...over,
      }),
    );
  /** Kind, and whether it is urgent, of what the sender's list has about this person beside referrals. */
  const asked = async (person: string): Promise<string[]> =>
    ((await desks.sender('GET', '/todos?limit=200')).body.items as Record<string, unknown>[])
      .filter((t) => t['person'] === person)
      .map((t) => `${String(t['kind'])}${t['escalated'] ? ' !' : ''}`);
  const assertionOf = async (person: string) =>
    (await desks.sender('GET', `/persons/${person}/consents`)).body.consents[0].id as string;
  const reminded = async (person: string) =>
    (
      await desks.under.rows<{ todos: string[] }>(
        `select details->'todos' as todos from audit_entry where action = 'person.reminded' and object = $1 order by id`,
        [person],
      )
    ).flatMap((r) => r.todos);

  describe('the paper of an asserted consent', () => {
    it('is asked for on the next day, urgently on the twentieth, and no more when the thirty days are over', async () => {
      const person = await desks.personOf((await asserts()).referralId);
      await looked();
      expect(await asked(person)).toEqual([]);
      await jumpTo('2027-09-14');
      expect(await asked(person)).toEqual(['confirm_assertion']);
      await jumpTo('2027-10-02', '23:50:00');
      expect(await asked(person)).toEqual(['confirm_assertion']);
      await jumpTo('2027-10-03');
      expect(await asked(person)).toEqual(['confirm_assertion !']);
      await jumpTo('2027-10-13', '10:01:00');
      expect(await asked(person)).toEqual([]);
    });

    it('is asked for no more when somebody has seen it, and nobody can tick it off before', async () => {
      const person = await desks.personOf((await asserts()).referralId);
      await jumpTo('2027-09-14');
      const { items } = (await desks.sender('GET', '/todos?kind=confirm_assertion')).body;
      const ticked = await desks.sender('POST', `/todos/${items[0].id}/done`, {});
      expect([ticked.status, ticked.body.code]).toEqual([409, 'TODO_NOT_TICKABLE']);
      expect((await desks.sender('POST', `/consents/${await assertionOf(person)}/confirm`, {})).status).toBe(204);
      expect(await asked(person)).toEqual([]);
      await jumpTo('2027-10-03');
      expect(await asked(person)).toEqual([]);
    });

    it('is asked for no more when the system says no, or a person has recorded another consent in its place', async () => {
      const [one, other] = [await asserts(), await asserts()];
      const persons = [await desks.personOf(one.referralId), await desks.personOf(other.referralId)] as const;
      const [{ value }] = (await desks.under.rows<{ value: string }>(
        'select value from person_identifier where person = $1',
        [persons[0]],
      )) as [{ value: string }];
      await jumpTo('2027-09-14');
      expect([await asked(persons[0]), await asked(persons[1])]).toEqual([
        ['confirm_assertion'],
        ['confirm_assertion'],
      ]);
      await asserts({
        insured: value.split('-')[1]!,
        occurredAt: '2027-09-14T00:00:00+09:00',
        asserted: { code: '3', on: '2027-09-14' },
      });
      await desks.consent(persons[1], { from: day }, { supersedes: await assertionOf(persons[1]) });
      expect([await asked(persons[0]), await asked(persons[1])]).toEqual([[], []]);
    });

    it('is told once, however many instances look', async () => {
      const person = await desks.personOf((await asserts()).referralId);
      await desks.under.another();
      await desks.under.another();
      await jumpTo('2027-09-14');
      expect([await asked(person), await reminded(person)]).toEqual([['confirm_assertion'], ['confirm_assertion']]);
    });
  });

  describe('a person who has said no', () => {
    const refuses = async (person: string, more: object) => {
      const { status } = await desks.sender('POST', '/refusals', { person, ...more });
      expect(status).toBe(201);
    };
    const someone = async (over: Parameters<typeof aSubmission>[0] = {}) =>
      desks.personOf((await desks.submit(withoutConsent({ occurredAt: `${day}T00:00:00+09:00`, ...over }))).referralId);

    it('is asked again on the day that was set, once, and nobody is told when the desk has asked before', async () => {
      const [person, answered, quiet] = [await someone(), await someone(), await someone()];
      await refuses(person, { askAgainOn: '2027-10-01' });
      await refuses(answered, { askAgainOn: '2027-10-01' });
      await refuses(quiet, {});
      await desks.under.another();
      await jumpTo('2027-09-30', '23:50:00');
      expect(await asked(person)).toEqual([]);
      await desks.consent(answered, { from: day });
      await jumpTo('2027-10-01');
      expect(await asked(person)).toEqual(['ask_consent_again']);
      expect([await asked(answered), await asked(quiet)]).toEqual([[], []]);
      const { items } = (await desks.sender('GET', '/todos?kind=ask_consent_again')).body;
      expect((await desks.sender('POST', `/todos/${items[0].id}/done`, {})).status).toBe(204);
      await jumpTo('2027-11-01');
      expect([await asked(person), await reminded(person)]).toEqual([[], ['ask_consent_again']]);
    });

    it('is asked herself on the birthday on which her mother’s consent ends', async () => {
      const person = await someone({
        items: { identity: { name: '見本　葉子', birthDate: '2015-10-20' }, concern: { boxes: ['income_work'] } },
      });
      const mother = { giver: 'legal_guardian', capacity: { parental: 'sole', childView: 'うなずいた。' } };
      await desks.consent(person, { from: day }, mother);
      await jumpTo('2027-10-19', '23:50:00');
      expect(await asked(person)).toEqual([]);
      await jumpTo('2027-10-20');
      expect(await asked(person)).toEqual(['ask_consent_again']);
    });
  });
});
