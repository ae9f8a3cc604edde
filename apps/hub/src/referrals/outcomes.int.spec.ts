// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import { aLife, keepsDoing, talk, today, told, type Life } from '../../test/a-life';
import { type Status } from '../../test/two-desks';

describeWithServices(['postgres'], 'the end of a referral and what comes after it', () => {
  let life: Life;
  beforeAll(async () => {
    life = await aLife();
  });
  afterAll(() => life?.close());

  describe('an outcome', () => {
    it('013 goes on from the recipient with what it has seen, and counts as no return (R12)', async () => {
      const referral = await life.inProgress();
      const result = { outcome: '013', note: '障害の相談が要る。', howTheyMeet: 'accompanied', ...told };
      expect(await life.refused(life.desks.recipient, referral, 'complete', result)).toBe('TARGET_MISSING');
      const { state, next = '' } = await life.done(life.desks.recipient, referral, 'complete', {
        ...result,
        referredTo: { domain: 'shogai' },
      });
      expect(state).toBe('completed');
      const child = await life.desks.view(life.desks.recipient, next);
      expect(child).toMatchObject({
        state: 'awaiting_authority',
        continues: referral,
        from: { domain: 'konkyu' },
        journeyId: (await life.desks.view(life.desks.sender, referral)).journeyId,
      });
      expect(Object.keys(child.members[0].items).sort()).toEqual(['concern', 'contact', 'identity']);
      expect((await life.desks.sender('GET', `/referrals/${next}`)).status).toBe(404);
      const [row] = await life.desks.under.rows('select hops, returns_in_journey from referral where id = $1', [next]);
      expect(row).toEqual({ hops: 0, returns_in_journey: 0 });
    });

    it('013 back to its sender is たらい回し: the desks talk', async () => {
      const referral = await life.inProgress();
      const result = { outcome: '013', note: '介護の窓口へ。', referredTo: { domain: 'kaigo' }, ...told };
      expect(await life.done(life.desks.recipient, referral, 'complete', result)).toMatchObject({
        state: 'coordinating',
      });
      // What was reported is kept: the table needs it, and the person was told.
      const [reported, talks] = (await life.timelineOf(life.desks.recipient, referral)).slice(-2);
      expect(reported).toMatchObject({ action: 'complete', to: 'in_progress', reasons: ['013'] });
      expect(reported?.note).toMatchObject({ note: '介護の窓口へ。', personInformed: told.personInformed });
      expect(talks).toMatchObject({ action: 'coordinate', to: 'coordinating' });
    });

    it('013 goes to the same desk once more when nothing of the first has left', async () => {
      const referral = await life.inProgress();
      const result = { outcome: '013', note: '障害の相談が要る。', referredTo: { domain: 'shogai' }, ...told };
      const { next = '' } = await life.done(life.desks.recipient, referral, 'complete', result);
      expect((await life.done(life.desks.recipient, next, 'withdraw', { reason: '見学してから決める' })).state).toBe(
        'withdrawn',
      );
      await life.done(life.desks.sender, referral, 'send-back', { note: '見学がまだです。' });
      const again = await life.done(life.desks.recipient, referral, 'complete', result);
      expect([again.state, again.next]).toEqual(['completed', expect.any(String)]);
    });

    it('023 says what was not there (R7)', async () => {
      const referral = await life.inProgress();
      const result = { outcome: '023', note: '受け入れ先がない。', ...told };
      expect(await life.refused(life.desks.recipient, referral, 'complete', result)).toBe('NEED_MISSING');
      await life.done(life.desks.recipient, referral, 'complete', { ...result, need: '飲酒する人の居場所' });
      expect(JSON.stringify(await life.timelineOf(life.desks.sender, referral))).not.toContain('居場所');
    });
  });

  describe('after the result', () => {
    it('is sent back once, and said so before anybody asks', async () => {
      const referral = await life.completed();
      await life.done(life.desks.sender, referral, 'send-back', { note: '滞納が続いている。' });
      await life.done(life.desks.recipient, referral, 'complete', { outcome: '011', note: '続いている。', ...told });
      expect(await life.whyNot(life.desks.sender, referral, 'send-back')).toMatchObject({
        possible: false,
        because: 'SENT_BACK_ALREADY',
        sentence: expect.any(String),
      });
      expect(await life.refused(life.desks.sender, referral, 'send-back', { note: 'もう一度。' })).toBe(
        'SENT_BACK_ALREADY',
      );
    });

    it('is followed up in a series, and closed after the last contact', async () => {
      const referral = await life.completed();
      expect(await life.refused(life.desks.sender, referral, 'follow-up', {})).toBe('SERIES_MISSING');
      await life.done(life.desks.sender, referral, 'follow-up', { series: 'one_three_six_months' });
      expect((await life.desks.view(life.desks.sender, referral)).followUps).toHaveLength(3);
      const ends = { result: '続いている。', ...told };
      for (const result of ['holds', 'weak', 'not_reached']) {
        expect(await life.refused(life.desks.sender, referral, 'close', ends)).toBe('FOLLOW_UP_LEFT');
        expect((await life.done(life.desks.sender, referral, 'follow-up', { result })).state).toBe('follow_up');
      }
      expect((await life.done(life.desks.sender, referral, 'close', ends)).state).toBe('closed');
    });

    it('begins anew in another journey when it is broken', async () => {
      const referral = await life.completed();
      await life.done(life.desks.sender, referral, 'follow-up', { series: 'thirty_days' });
      expect(await life.refused(life.desks.sender, referral, 'follow-up', { result: 'broken' })).toBe(
        'PERSON_NOT_INFORMED',
      );
      const { state, next = '' } = await life.done(life.desks.sender, referral, 'follow-up', {
        result: 'broken',
        ...told,
      });
      expect(state).toBe('closed');
      const [old, again] = [
        await life.desks.view(life.desks.sender, referral),
        await life.desks.view(life.desks.sender, next),
      ];
      expect(again).toMatchObject({ state: 'sent', reopens: referral, to: { domain: 'konkyu' } });
      expect(again.journeyId).not.toBe(old.journeyId);
      await life.desks.konkyu.takeNext('referral.sent.v1', next);
    });
  });

  describe('what was entered in error', () => {
    it('is kept, read by nobody, recalled, and its sender’s system hears of it', async () => {
      const referral = await life.accepted();
      expect(await life.refused(life.desks.recipient, referral, 'mark-error', { reason: '誤り' })).toBe(
        'NOT_YOUR_STEP',
      );
      expect((await life.done(life.desks.sender, referral, 'mark-error', { reason: '別の方だった。' })).state).toBe(
        'entered_in_error',
      );
      expect((await life.desks.sender('POST', '/disclosures/preview', { referralId: referral })).status).toBe(404);
      for (const who of [life.desks.sender, life.desks.recipient]) {
        expect((await life.desks.view(who, referral)).members).toBeUndefined();
        expect((await life.timelineOf(who, referral)).flatMap((e) => Object.keys(e.note ?? {}))).toEqual([]);
      }
      await life.desks.konkyu.takeNext('referral.recalled.v1', referral);
      const codes: string[] = [];
      while (codes.at(-1) !== '60')
        codes.push(((await life.desks.kaigo.takeNext('referral.status.v1', referral)).data as Status).code);
      expect(await life.refused(life.desks.sender, referral, 'mark-error', { reason: '誤り' })).toBe('STATE_NOT_THERE');
    });
  });

  describe('telling the person', () => {
    it('later is on the list until it is done (R11)', async () => {
      const referral = await life.proposed();
      const later = { notInformed: { reason: '入院中', by: addDays(today, 10) } };
      await life.done(life.desks.sender, referral, 'agree-return', { talk, keepsDoing, ...later });
      expect(await life.todosOf(life.desks.sender, referral)).toContain('inform_person');
      await life.done(life.desks.recipient, referral, 'inform', told);
      expect(await life.todosOf(life.desks.sender, referral)).toContain('inform_person');
      await life.done(life.desks.sender, referral, 'inform', told);
      expect(await life.todosOf(life.desks.sender, referral)).not.toContain('inform_person');
    });
  });
});
