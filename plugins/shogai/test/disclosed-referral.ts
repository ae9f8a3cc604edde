// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { arrivals } from '@tsunagi/plugin-sdk/testing';

export { carriedItems, claim, deliveryId, recallId, referralId, supplementId } from '@tsunagi/plugin-sdk/testing';

export const { aReferral, arriving, supplementing, recalling } = arrivals({
  domain: 'shogai',
  code: '9910100001',
  name: '見本市障害福祉課',
});
