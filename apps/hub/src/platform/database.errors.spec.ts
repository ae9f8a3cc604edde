// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isAway } from './database.errors';

describe('an error of the database', () => {
  const withCode = (code: string) => Object.assign(new Error('refused'), { code });

  it.each([
    ['08006', 'the connection broke'],
    ['57P01', 'the server is being stopped'],
    ['40P01', 'a deadlock'],
    ['57014', 'the statement took longer than it may'],
    ['55P03', 'the lock took longer than it may'],
    ['25P03', 'the transaction was idle longer than it may'],
    ['ECONNREFUSED', 'nobody listens'],
  ])('asks for another try: %s, %s', (code) => {
    expect(isAway(withCode(code))).toBe(true);
  });

  it.each([
    ['08P01', 'parameters that do not fit'],
    ['23505', 'a key that is taken'],
    ['22P02', 'a value of no such type'],
    ['42P01', 'no such table'],
  ])('would only come again: %s, %s', (code) => {
    expect(isAway(withCode(code))).toBe(false);
  });
});
