// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { aLife, told, type Life } from '../../test/a-life';
import type { Api } from '../../test/sign-in';
import { withoutConsent } from '../../test/two-desks';
import { Directory } from '../organizations';

describeWithServices(['postgres'], 'a referral that goes on elsewhere', () => {
  let life: Life;
  beforeAll(async () => {
    life = await aLife();
  });
  afterAll(() => life?.close());

  describe('redirecting', () => {
    it('ends it, and a child goes on in the same journey; the person is asked anew (S3)', async () => {
      const referral = await life.returned();
      expect(await life.refused(life.desks.sender, referral, 'redirect', { to: { domain: 'shogai' } })).toBe(
        'PERSON_NOT_INFORMED',
      );
      expect(await life.refused(life.desks.recipient, referral, 'redirect', { to: 'unknown', ...told })).toBe(
        'NOT_YOUR_STEP',
      );
      const { state, next = '' } = await life.done(life.desks.sender, referral, 'redirect', {
        to: { domain: 'shogai' },
        ...told,
      });
      expect(state).toBe('redirected');
      const [before, child] = [
        await life.desks.view(life.desks.sender, referral),
        await life.desks.view(life.desks.sender, next),
      ];
      expect(child).toMatchObject({
        state: 'awaiting_authority',
        journeyId: before.journeyId,
        continues: referral,
        to: { domain: 'shogai' },
      });
      expect(child.members[0].items.identity).toEqual(before.members[0].items.identity);
      expect(await life.todosOf(life.desks.sender, next)).toContain('authority_needed');
      const shogai = await life.as('caseworker', life.desks.functions.shogai);
      expect((await shogai('GET', `/referrals/${next}`)).status).toBe(404);

      await life.desks.consent(await life.desks.personOf(next), { recipients: [{ domain: 'shogai' }] });
      expect(await life.stateOf(next)).toBe('sent');
      await life.done(shogai, next, 'receive');
      const seen = await life.desks.view(shogai, next);
      expect(Object.keys(seen.members[0].items).sort()).toEqual(['concern', 'identity']);
      expect(seen.continues).toBeUndefined();
    });

    it('leaves at once where a decision permits it, by the coordinator too', async () => {
      const referral = await life.proposed({ reasons: ['901'] }, [{ domain: 'konkyu' }, { domain: 'shogai' }]);
      const { next = '' } = await life.done(life.coordinator, referral, 'redirect', {
        to: { domain: 'shogai' },
        ...told,
      });
      expect(await life.stateOf(next)).toBe('sent');
      expect((await life.desks.view(life.coordinator, next)).members).toBeUndefined();
    });

    it('to a desk that has had it brings the desks together instead', async () => {
      const referral = await life.returned();
      const { state, next } = await life.done(life.desks.sender, referral, 'redirect', {
        to: { domain: 'konkyu' },
        ...told,
      });
      expect([state, next]).toEqual(['coordinating', undefined]);
      expect((await life.timelineOf(life.desks.sender, referral)).at(-2)).toMatchObject({
        action: 'redirect',
        to: 'returned',
        note: { personInformed: told.personInformed },
      });
      expect(await life.todosOf(life.coordinator, referral)).toContain('hold_meeting');
    });

    it('without a route waits for a desk', async () => {
      const { next = '' } = await life.done(life.desks.sender, await life.returned(), 'redirect', {
        to: { domain: 'chiiki' },
        ...told,
      });
      expect(await life.stateOf(next)).toBe('draft');
      expect(await life.todosOf(life.coordinator, next)).toContain('find_recipient');
    });

    it('a third time is refused, and said so before anybody asks', async () => {
      const referral = await life.returned();
      await life.desks.under.rows('update referral set hops = 2 where id = $1', [referral]);
      expect(await life.whyNot(life.desks.sender, referral, 'redirect')).toMatchObject({
        possible: false,
        because: 'HOP_LIMIT',
      });
      expect(await life.refused(life.desks.sender, referral, 'redirect', { to: 'unknown', ...told })).toBe('HOP_LIMIT');
    });
  });

  describe('reopening', () => {
    it('makes a new referral on a fresh decision and never moves the old one', async () => {
      const { referralId } = await life.desks.submit(withoutConsent());
      await life.done(life.desks.sender, referralId, 'withdraw', { reason: 'ご本人の希望' });
      expect(await life.refused(life.desks.sender, referralId, 'reopen', { reason: '気が変わった' })).toBe(
        'PERSON_NOT_INFORMED',
      );
      const { state, next = '' } = await life.done(life.desks.sender, referralId, 'reopen', {
        reason: '気が変わった',
        ...told,
      });
      expect(state).toBe('withdrawn');
      expect(await life.desks.view(life.desks.sender, next)).toMatchObject({
        state: 'awaiting_authority',
        reopens: referralId,
      });
      const theirs = await life.desks.recipient(
        'POST',
        `/referrals/${referralId}/reopen`,
        { reason: 'x', ...told },
        {
          'if-match': '4',
        },
      );
      expect(theirs.status).toBe(404);
    });

    it('is not for what was redirected', async () => {
      const referral = await life.returned();
      await life.done(life.desks.sender, referral, 'redirect', { to: { domain: 'shogai' }, ...told });
      expect(await life.refused(life.desks.sender, referral, 'reopen', { reason: 'x', ...told })).toBe(
        'STATE_NOT_THERE',
      );
    });
  });

  it('goes on to no place that takes in nobody, whoever names it', async () => {
    const { body } = await life.desks.sender('GET', '/desk-functions?limit=200');
    const place = body.items.find((f: { receives: boolean }) => !f.receives).id as string;
    const to = { function: place };
    const reasonOf = async (who: Api, referral: string, action: string, facts: object) => {
      const { body: problem } = await life.desks.act(who, referral, action, { ...facts, ...told });
      return [problem.errors?.[0].code, problem.errors?.[0].pointer];
    };
    const no = ['RECEIVES_NO_PERSONS', '/to/function'];
    const { referralId } = await life.desks.submit(withoutConsent());
    expect(await reasonOf(life.desks.sender, referralId, 'edit', { to })).toEqual(no);
    expect(await reasonOf(life.desks.sender, await life.returned(), 'redirect', { to })).toEqual(no);
    await life.done(life.desks.sender, referralId, 'withdraw', { reason: '誤り' });
    expect(await reasonOf(life.desks.sender, referralId, 'reopen', { reason: 'もう一度', to })).toEqual(no);
    const result = { outcome: '013', note: '地域の場へ。', referredTo: to };
    expect(await reasonOf(life.desks.recipient, await life.inProgress(), 'complete', result)).toEqual([
      'RECEIVES_NO_PERSONS',
      '/referredTo/function',
    ]);
  });

  describe('at a desk that takes in nobody any more', () => {
    const takesIn = async (yes: boolean) => {
      const { under, functions } = life.desks;
      await under.rows('update desk_function set receives = $2 where id = $1', [functions.konkyu, yes]);
      await under.hub.app.get(Directory).refresh();
    };
    afterEach(() => takesIn(true));

    it('what waits goes on waiting, whatever is consented to, says why, and is on its sender’s list', async () => {
      const { referralId } = await life.desks.submit(withoutConsent());
      await takesIn(false);
      await life.desks.consent(await life.desks.personOf(referralId));
      expect(await life.stateOf(referralId)).toBe('awaiting_authority');
      const { body } = await life.desks.sender('POST', '/disclosures/preview', { referralId });
      expect(body.decision).toEqual({ outcome: 'deny', reasons: ['RECEIVES_NO_PERSONS'] });
      expect(await life.todosOf(life.desks.sender, referralId)).toEqual(['authority_needed']);
      await takesIn(true);
      expect((await life.done(life.desks.sender, referralId, 'send', told)).state).toBe('sent');
    });

    it('what has come before stays in sight', async () => {
      const referral = await life.arrived();
      await takesIn(false);
      expect((await life.desks.view(life.desks.recipient, referral)).members[0].items.identity.name).toBe('見本　花子');
    });
  });
});
