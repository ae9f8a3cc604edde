// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeliveryTold } from '@tsunagi/contracts';
import { Chip } from '../../parts/chip';
import { Facts } from '../../parts/page';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

/** How far it is on its way to the other system, and what stands in its way: a line of the history. */
export function Delivery({ of }: { readonly of: DeliveryTold }) {
  const { deliveries } = useTexts().referral;
  const { brings, state, waitsFor, triedAt, failures, trouble, nextAt, arrivedAt } = of;
  return (
    <>
      <p className="row">
        <strong>{deliveries.brings[brings]}</strong>
        <Chip color={state === 'arrived' ? 'green' : state === 'given_up' ? 'red' : 'blue'}>
          {deliveries.states[state]}
        </Chip>
      </p>
      {waitsFor && <p>{deliveries.waitsFor[waitsFor]}</p>}
      <Facts
        of={[
          [deliveries.trouble, trouble && deliveries.troubles[trouble]],
          [deliveries.failures, failures > 0 && deliveries.times(failures)],
          [deliveries.triedAt, triedAt && <Moment key="tried" at={triedAt} />],
          [deliveries.nextAt, nextAt && <Moment key="next" at={nextAt} />],
          [deliveries.arrivedAt, arrivedAt && <Moment key="arrived" at={arrivedAt} />],
        ]}
      />
    </>
  );
}
