// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { aLife, keepsDoing, talk, told, type Life } from '../../test/a-life';
import { withoutConsent } from '../../test/two-desks';

describeWithServices(['postgres'], 'a referral that went astray', () => {
  let life: Life;
  beforeAll(async () => {
    life = await aLife();
  });
  afterAll(() => life?.close());

  describe('what went astray', () => {
    const astray = { what: 'wrong_person', reason: '名簿と違っていた。' };

    it('is read by its recipient no more, recalled from its system, and opens an incident', async () => {
      const referral = await life.accepted();
      expect((await life.desks.view(life.desks.recipient, referral)).members).toHaveLength(1);
      expect((await life.done(life.desks.recipient, referral, 'misdirected', astray)).state).toBe('accepted');
      const { members, misdirected } = await life.desks.view(life.desks.recipient, referral);
      expect([members, misdirected]).toEqual([undefined, true]);
      expect((await life.timelineOf(life.desks.recipient, referral)).flatMap((e) => Object.keys(e.note ?? {}))).toEqual(
        [],
      );
      expect((await life.desks.view(life.desks.sender, referral)).members).toHaveLength(1);
      expect(await life.todosOf(life.desks.sender, referral)).toContain('see_misdirected');
      await life.desks.konkyu.takeNext('referral.recalled.v1', referral);
      expect(
        await life.desks.under.rows('select kind, closed_at from incident where referral = $1', [referral]),
      ).toEqual([{ kind: 'wrong_person', closed_at: null }]);
      await life.desks.consent(await life.desks.personOf(referral));
      expect((await life.desks.view(life.desks.recipient, referral)).members).toBeUndefined();
    });

    it('is not opened any more by a desk that works in the hub', async () => {
      const { referralId } = await life.desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
      await life.desks.consent(await life.desks.personOf(referralId), { recipients: [{ domain: 'shogai' }] });
      await life.done(life.desks.sender, referralId, 'misdirected', { ...astray, what: 'wrong_desk' });
      const shogai = await life.as('caseworker', life.desks.functions.shogai);
      expect(await life.refused(shogai, referralId, 'receive')).toBe('AUTHORITY_MISSING');
    });

    it.each(['auditor', 'privacy_officer'])(
      'is said by the %s as well, who notices it and does nothing else',
      async (role) => {
        const overseer = await life.desks.under.as({ role });
        const referral = await life.accepted();
        const { actions } = (await overseer('GET', `/referrals/${referral}/actions`)).body;
        expect(actions).toEqual([{ action: 'misdirected', possible: true }]);
        expect(await life.refused(overseer, referral, 'supplement', { note: '補足' })).toBe('NOT_YOUR_STEP');
        expect((await life.done(overseer, referral, 'misdirected', astray)).state).toBe('accepted');
        expect((await life.desks.view(life.desks.recipient, referral)).members).toBeUndefined();
        expect(await life.todosOf(life.desks.sender, referral)).toContain('see_misdirected');
        expect(await life.desks.under.rows('select kind from incident where referral = $1', [referral])).toEqual([
          { kind: 'wrong_person' },
        ]);
      },
    );

    it('nobody says so of what has not left its sender, but the sender', async () => {
      const { referralId } = await life.desks.submit(withoutConsent({ insured: '0000668811' }));
      for (const role of ['auditor', 'privacy_officer']) {
        const overseer = await life.desks.under.as({ role });
        const said = await overseer('POST', `/referrals/${referralId}/misdirected`, astray, { 'if-match': '2' });
        expect([role, said.status]).toEqual([role, 404]);
      }
    });

    it('is taken by its recipient no more, opens one incident, and is put right before it goes on', async () => {
      const referral = await life.arrived([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      for (const who of [life.desks.recipient, life.desks.sender])
        await life.done(who, referral, 'misdirected', astray);
      expect(await life.desks.under.rows('select kind from incident where referral = $1', [referral])).toHaveLength(1);
      const takes = { worker: { name: '試験　月' }, personMatched: true };
      expect(await life.whyNot(life.desks.recipient, referral, 'accept')).toMatchObject({ because: 'MISDIRECTED' });
      expect(await life.refused(life.desks.recipient, referral, 'accept', takes)).toBe('MISDIRECTED');
      expect(await life.todosOf(life.desks.recipient, referral)).not.toContain('take_referral');
      await life.done(life.supervisor, referral, 'propose-return', { reasons: ['901'], whoTellsPerson: '試験　月' });
      await life.done(life.desks.sender, referral, 'agree-return', { talk, keepsDoing, ...told });
      const { next = '' } = await life.done(life.desks.sender, referral, 'redirect', {
        to: { domain: 'shogai' },
        ...told,
      });
      expect([await life.stateOf(next), await life.todosOf(life.desks.sender, next)]).toEqual([
        'draft',
        ['complete_draft'],
      ]);
    });

    it('opens no incident before it has left', async () => {
      const { referralId } = await life.desks.submit(withoutConsent({ insured: '0000668812' }));
      await life.done(life.desks.sender, referralId, 'misdirected', astray);
      expect(await life.desks.under.rows('select kind from incident where referral = $1', [referralId])).toEqual([]);
    });

    it('nobody else can say so', async () => {
      const referral = await life.accepted();
      const stranger = await life.as('caseworker', life.desks.functions.shogai);
      expect((await stranger('POST', `/referrals/${referral}/misdirected`, astray, { 'if-match': '4' })).status).toBe(
        404,
      );
    });
  });

  it('lets one of two racing callers win, beside its life too', async () => {
    const referral = await life.arrived();
    const { version } = await life.desks.view(life.desks.sender, referral);
    const body = { note: '同じ時に。' };
    const both = await Promise.all(
      [life.desks.sender, life.desks.recipient].map((who) =>
        who('POST', `/referrals/${referral}/supplement`, body, { 'if-match': String(version) }),
      ),
    );
    expect(both.map((r) => r.status).sort()).toEqual([200, 412]);
  });
});
