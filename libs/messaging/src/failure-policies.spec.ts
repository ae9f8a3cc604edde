// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { CourierError } from './courier.errors';
import { failureOf, failurePolicies, FilterMissingError, UnknownTypeError } from './failure-policies';

describe('the table of failure policies', () => {
  it.each([
    ['UNKNOWN_TYPE', 'dead', new UnknownTypeError('')],
    ['FILTER_MISSING', 'retry', new FilterMissingError('')],
    ['RETRYABLE', 'retry', Object.assign(new Error(''), { retryable: true })],
    ['RETRYABLE', 'retry', new CourierError('NOT_CONFIRMED', '')],
    ['RETRYABLE', 'retry', new CourierError('UNROUTABLE', '')],
    ['HANDLER_FAILED', 'dead', new CourierError('PAYLOAD_TOO_LARGE', '')],
    ['HANDLER_FAILED', 'dead', Object.assign(new Error(''), { retryable: 'yes' })],
    ['HANDLER_FAILED', 'dead', new Error('')],
    ['HANDLER_FAILED', 'dead', 'a text'],
    ['HANDLER_FAILED', 'dead', undefined],
    ['HANDLER_FAILED', 'dead', null],
  ] as const)('%s → %s', (code, remedy, error) => {
    expect(failureOf(error)).toBe(code);
    expect(failurePolicies[code].remedy).toBe(remedy);
  });
});
