// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { aLife, minutesAgo, told, type Life } from '../../test/a-life';
import { aSubmission } from '../../test/submissions';

describeWithServices(['postgres'], 'a referral of 即日', () => {
  let life: Life;
  beforeAll(async () => {
    life = await aLife();
  });
  afterAll(() => life?.close());

  describe('即日', () => {
    it('does not leave before somebody has telephoned, and is confirmed by a person there', async () => {
      const { referralId, outcome, codes } = await life.desks.submit(aSubmission({ urgency: 'same_day' }));
      expect([outcome, codes]).toEqual(['draft', ['PHONE_FIRST']]);
      expect(await life.refused(life.desks.sender, referralId, 'send', told)).toBe('PHONE_FIRST');
      const phoned = { whom: '試験　月', at: minutesAgo(2), by: '見本　花' };
      expect((await life.done(life.desks.sender, referralId, 'send', { phoned, ...told })).state).toBe('sent');
      // Whoever confirms must know of whose call.
      for (const who of [life.desks.sender, life.desks.recipient])
        expect((await life.desks.view(who, referralId)).phoned).toEqual(phoned);
      expect((await life.desks.view(life.coordinator, referralId)).phoned).toBeUndefined();
      await life.desks.konkyu.takeNext('referral.sent.v1', referralId);
      await waitFor(async () => (await life.stateOf(referralId)) === 'received', { what: 'its arrival' });
      const machine = await life.desks.under.as({ client: life.desks.functions.konkyu });
      expect((await life.desks.act(machine, referralId, 'confirm-phone', { by: 'x' })).body.code).toBe('NOT_YOUR_STEP');
      await life.done(life.desks.recipient, referralId, 'confirm-phone', { by: '試験　月' });
      expect((await life.timelineOf(life.desks.sender, referralId)).at(-1)).toMatchObject({ action: 'confirm-phone' });
    });

    it('is not announced where nobody has telephoned', async () => {
      const referral = await life.arrived();
      expect(await life.whyNot(life.desks.recipient, referral, 'confirm-phone')).toMatchObject({
        possible: false,
        because: 'PHONE_NOT_ANNOUNCED',
      });
    });

    it('is telephoned anew when it goes on elsewhere', async () => {
      const referral = await life.returned([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      await life.desks.under.rows(`update referral set urgency = 'same_day', phoned = true where id = $1`, [referral]);
      const { next = '' } = await life.done(life.desks.sender, referral, 'redirect', {
        to: { domain: 'shogai' },
        ...told,
      });
      expect(await life.stateOf(next)).toBe('draft');
    });
  });
});
