// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { InProcessBroker } from '@tsunagi/messaging';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { AHost } from '../../test/a-host';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { aSubmission } from '../../test/submissions';
import { newId } from '../platform';

describeWithServices(['postgres'], 'a relay', () => {
  const broker = new InProcessBroker();
  /** What happens between the publishing of a referral and its mark. */
  let meanwhile: (() => Promise<void>) | undefined;
  let under: HubUnderTest;
  let kaigo: AHost;
  let konkyu: AHost;

  beforeAll(async () => {
    under = await hubUnderTest({
      config: {
        connect: async (account) => {
          const courier = await broker.connect(account, 'hub');
          const publishAll = courier.publishAll.bind(courier);
          courier.publishAll = async (messages) => {
            const results = await publishAll(messages);
            if (messages.some(({ event }) => event.type === 'referral.sent.v1')) await meanwhile?.();
            return results;
          };
          return courier;
        },
      },
    });
    kaigo = await AHost.start(broker, 'kaigo', 'kaigo');
    konkyu = await AHost.start(broker, 'konkyu', 'konkyu');
  });

  afterAll(async () => {
    await kaigo?.stop();
    await konkyu?.stop();
    await under?.close();
  });

  const deliveryOf = async (referral: unknown) =>
    (
      await under.rows<{ state: string; claim: string }>(
        `select state, claim from delivery where referral = $1 and kind = 'referral'`,
        [referral],
      )
    )[0];

  it('marks only what it has claimed itself: a lane’s next owner may have claimed it anew meanwhile', async () => {
    const others = newId();
    let isOver = false;
    meanwhile = async () => {
      meanwhile = undefined;
      await under.rows(`update delivery set claim = $1 where kind = 'referral' and state = 'claimed'`, [others]);
      isOver = true;
    };
    const submission = aSubmission();
    const [answer] = await kaigo.send('referral.submitted.v1', [{ itemId: 'claimed-anew', submission }]);
    await waitFor(() => isOver, { what: 'the other claim' });
    // The next of the lane is marked after it.
    const next = aSubmission({ insured: '0000009912' });
    const [second] = await kaigo.send('referral.submitted.v1', [{ itemId: 'claimed-once', submission: next }]);
    await waitFor(async () => (await deliveryOf(second?.referralId))?.state === 'sent', {
      what: 'the mark of the next one',
    });
    expect(await deliveryOf(answer?.referralId)).toEqual({ state: 'claimed', claim: others });
  });
});
