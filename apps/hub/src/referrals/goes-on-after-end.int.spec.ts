// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type Sent, type TwoDesks } from '../../test/two-desks';

/** What a record says with which no つなぎ is wanted: the support has ended, or the department keeps the matter itself. */
const ends = {
  終了: { change: 'ended', urgency: 'urgent' },
  自分野: { to: undefined, urgency: 'urgent' },
} as const;

describeWithServices(['postgres'], 'the same key after a record that asks for nothing', () => {
  let desks: TwoDesks;
  let next = 1;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const unsaid = { asserted: { code: '9' as const, on: '2026-11-01' } };
  const matter = () => {
    const n = String(next++).padStart(4, '0');
    const at = { key: `00990010/E-${n}`, insured: `000056${n}` };
    const row = (name: string, day: string, more: Parameters<typeof aSubmission>[0] = {}) =>
      aSubmission({
        ...at,
        change: 'changed',
        items: { identity: { name }, concern: { boxes: ['housing'] } },
        occurredAt: `2026-11-${day}T00:00:00+09:00`,
        ...more,
      });
    const referrals = () =>
      desks.under.rows<{ id: string; state: string }>(
        `select id, state from referral where source_key = $1 order by id`,
        [at.key],
      );
    return { row, referrals };
  };
  const sent = async () => (await desks.konkyu.takeNext('referral.sent.v1')).data as Sent;
  const supplemented = async () => (await desks.konkyu.takeNext('referral.supplemented.v1')).data as Sent;
  const nameIn = (message: Sent) => message.referral.subject.items.identity?.name;
  const asked = async (referral: string) =>
    (await desks.sender('GET', '/todos')).body.items.filter(
      (t: { kind: string; referralId?: string }) => t.kind === 'support_ended' && t.referralId === referral,
    );

  describe.each(Object.entries(ends))('%s', (_, end) => {
    it('makes no referral, closes nothing, and its desk is asked once about the one that goes on', async () => {
      const { row, referrals } = matter();
      const { referralId } = await desks.submit(row('見本　甲', '01'));
      await sent();
      for (const day of ['02', '03']) {
        const answer = await desks.submit(row('見本　甲', day, { ...end, others: [], purpose: 'coordination' }));
        expect([answer.outcome, answer.referralId]).toEqual([day === '02' ? 'no_referral' : 'duplicate', '']);
      }
      expect(await referrals()).toEqual([{ id: referralId, state: 'received' }]);
      expect(await asked(referralId)).toHaveLength(1);
    });

    it('is followed by a correction of what has arrived, and no second referral; told again, by nothing', async () => {
      const { row, referrals } = matter();
      const { referralId } = await desks.submit(row('見本　甲', '01'));
      await sent();
      await desks.submit(row('見本　甲', '02', end));
      const later = row('見本　乙', '03');
      expect(await desks.submit(later)).toMatchObject({ outcome: 'accepted', referralId });
      const second = await supplemented();
      expect([second.referral.referralId, nameIn(second)]).toEqual([referralId, '見本　乙']);
      expect(await desks.submit(later)).toMatchObject({ outcome: 'accepted', referralId });
      expect(await desks.submit(row('見本　乙', '04'))).toMatchObject({ outcome: 'duplicate', referralId });
      expect(await referrals()).toHaveLength(1);
      const corrections = `select 1 from delivery where referral = $1 and kind = 'supplement'`;
      expect(await desks.under.rows(corrections, [referralId])).toHaveLength(1);
    });

    it('is followed by new content of what waits, so that the old one never leaves', async () => {
      const { row, referrals } = matter();
      const { referralId } = await desks.submit(row('見本　甲', '01', unsaid));
      await desks.submit(row('見本　甲', '02', { ...unsaid, ...end }));
      expect(await desks.submit(row('見本　乙', '03', unsaid))).toMatchObject({ outcome: 'held', referralId });
      expect(await referrals()).toHaveLength(1);
      await desks.consent(await desks.personOf(referralId));
      const first = await sent();
      expect([first.referral.referralId, nameIn(first)]).toEqual([referralId, '見本　乙']);
    });

    it('is followed by a new referral when the earlier one has ended meanwhile', async () => {
      const { row } = matter();
      const { referralId } = await desks.submit(row('見本　甲', '01'));
      await sent();
      await desks.submit(row('見本　甲', '02', end));
      const withdrawn = await desks.act(desks.sender, referralId, 'withdraw', { reason: '試験' });
      expect(withdrawn.status).toBe(200);
      await desks.konkyu.takeNext('referral.recalled.v1', referralId);
      const anew = await desks.submit(row('見本　乙', '03'));
      expect(anew).toMatchObject({ outcome: 'accepted', referralId: expect.not.stringMatching(referralId) });
      const arrived = await sent();
      expect([arrived.referral.referralId, nameIn(arrived)]).toEqual([anew.referralId, '見本　乙']);
      // From here on the key means this one.
      await desks.submit(row('見本　乙', '04', end));
      expect((await desks.submit(row('見本　丙', '05'))).referralId).toBe(anew.referralId);
      expect(nameIn(await supplemented())).toBe('見本　丙');
    });

    it('changes nothing when the later record says what was known before', async () => {
      const { row, referrals } = matter();
      const { referralId } = await desks.submit(row('見本　甲', '01'));
      await sent();
      await desks.submit(row('見本　甲', '02', end));
      expect(await desks.submit(row('見本　甲', '03'))).toMatchObject({ outcome: 'accepted', referralId });
      const kinds = await desks.under.rows(`select distinct kind from delivery where referral = $1`, [referralId]);
      expect(kinds).not.toContainEqual({ kind: 'supplement' });
      expect(await referrals()).toHaveLength(1);
    });

    it('is not undone by a record from before it that comes late', async () => {
      const { row, referrals } = matter();
      const { referralId } = await desks.submit(row('見本　甲', '01'));
      await sent();
      await desks.submit(row('見本　甲', '03', end));
      expect((await desks.submit(row('見本　乙', '02'))).outcome).toBe('duplicate');
      expect(await referrals()).toHaveLength(1);
      expect((await desks.view(desks.sender, referralId)).members[0].items.identity.name).toBe('見本　甲');
    });

    it('goes on in one message as in three, and after it came twice', async () => {
      const { row, referrals } = matter();
      const items = [row('見本　甲', '01', unsaid), row('見本　甲', '02', end), row('見本　乙', '03', unsaid)].map(
        (submission, n) => ({ itemId: `${submission.source.key}/${n}`, submission }),
      );
      const first = await desks.kaigo.send('referral.submitted.v1', items);
      expect(first.map((a) => a.outcome)).toEqual(['held', 'no_referral', 'held']);
      expect(first[2]?.referralId).toBe(first[0]?.referralId);
      expect(await desks.kaigo.send('referral.submitted.v1', items)).toEqual(first);
      expect(await referrals()).toHaveLength(1);
    });
  });
});
