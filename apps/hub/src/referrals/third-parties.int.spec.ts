// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const fact = '家賃の滞納がある。〔長男の妻は入院中。〕';
const masked = '家賃の滞納がある。〔…〕';

describeWithServices(['postgres'], 'what the sender marks as about somebody else', () => {
  let desks: TwoDesks;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const factOf = (view: any) => view.members[0].items.narrative.fact as string;

  it('is on the sender’s screen, and in no preview, no message and on no other screen', async () => {
    const { referralId } = await desks.submit(
      withoutConsent({ items: { identity: { name: '見本　花子' }, narrative: { fact } } }),
    );
    const person = await desks.personOf(referralId);
    await desks.consent(person, { categories: ['identity', 'narrative'] });
    const preview = async () =>
      JSON.stringify((await desks.sender('POST', '/disclosures/preview', { referralId })).body);
    expect([(await preview()).includes(masked), (await preview()).includes('長男')]).toEqual([true, false]);
    const { referral } = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as any;
    expect(referral.subject.items.narrative.fact).toBe(masked);
    await waitFor(async () => (await desks.view(desks.recipient, referralId)).members !== undefined, {
      what: 'the recipient to see it',
    });
    expect(factOf(await desks.view(desks.recipient, referralId))).toBe(masked);
    expect(factOf(await desks.view(desks.sender, referralId))).toBe(fact);
  });
});
