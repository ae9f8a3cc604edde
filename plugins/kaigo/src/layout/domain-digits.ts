// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Domain } from '@tsunagi/plugin-sdk';

/** 分野, one digit; fields of welfare without a digit of their own are 5 その他, and the office's name says which. */
export const domainDigits: Record<Domain, string> = {
  kaigo: '1',
  shogai: '2',
  kosodate: '3',
  konkyu: '4',
  takikan: '6',
  chiiki: '5',
  hogo: '5',
  other: '5',
};
