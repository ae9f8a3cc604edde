// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { arrivals } from '@tsunagi/plugin-sdk/testing';

export { carriedItems, claim, deliveryId, recallId, referralId, supplementId } from '@tsunagi/plugin-sdk/testing';

export const { aReferral, arriving, supplementing, recalling } = arrivals({
  domain: 'kaigo',
  code: '9970100005',
  name: '見本市地域包括支援センター',
});
