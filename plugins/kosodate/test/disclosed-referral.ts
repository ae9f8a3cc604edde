// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { arrivals } from '@tsunagi/plugin-sdk/testing';

export { carriedItems, claim, deliveryId, recallId, referralId, supplementId } from '@tsunagi/plugin-sdk/testing';

export const { aReferral, arriving, supplementing, recalling } = arrivals({
  domain: 'kosodate',
  code: '9910000031',
  name: '見本市こども家庭センター',
});
