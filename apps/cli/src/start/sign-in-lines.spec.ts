// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { signInLines } from './sign-in-lines';

const access = {
  baseUrl: 'http://127.0.0.1:3000',
  databaseUrl: 'postgres://localhost/postgres',
  staff: [
    { role: 'caseworker', name: 'caseworker.kaigo', password: 's3cret', functions: [] },
    { role: 'auditor', name: 'auditor', password: 's3cret', functions: [] },
  ],
  clients: [],
};

describe('how to sign in', () => {
  it('is shown with password on a screen', () => {
    const text = signInLines({ isScreen: true }, access, '/data').join('\n');
    expect(text).toContain('caseworker.kaigo  s3cret');
    expect(text).toContain('/data/demo-access.json');
  });

  it('is only pointed at in a pipe', () => {
    const text = signInLines({ isScreen: false }, access, '/data').join('\n');
    expect(text).not.toContain('s3cret');
    expect(text).toContain('/data/demo-access.json');
  });
});
