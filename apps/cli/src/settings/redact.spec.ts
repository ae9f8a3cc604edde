// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { redactUrl, shownSettings } from './redact';
import { withDefaults } from './settings';

describe('settings on a screen', () => {
  it('show who and where, not the password', () => {
    expect(redactUrl('postgres://hub:s3cret@db:5432/tsunagi?sslmode=require&password=s3cret')).toBe(
      'postgres://hub:***@db:5432/tsunagi?sslmode=require&password=***',
    );
    expect(redactUrl('no url: s3cret')).toBe('***');
  });

  it('never hold a secret', () => {
    const settings = withDefaults(
      {
        DATABASE_URL: 'postgres://hub:s3cret@db/tsunagi',
        AMQP_URL: 'amqp://hub:s3cret@mq/tsunagi',
        TSUNAGI_CLIENT_ID: 'it',
        TSUNAGI_CLIENT_SECRET: 's3cret',
      },
      '/srv',
    );
    expect(JSON.stringify(shownSettings(settings))).not.toContain('s3cret');
  });
});
