// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { silentLog } from '@tsunagi/plugin-sdk';
import { DatabaseUrlError, legacyDatabase } from './legacy-database';

describe('the connection string of the office’s database', () => {
  it.each(['postgres', 'postgresql', 'mariadb', 'mysql'])('says by %s:// which product it is', async (scheme) => {
    await legacyDatabase(`${scheme}://hub:hub@127.0.0.1:9/soudan`, silentLog).close();
  });

  it.each(['sqlserver://hub:s3cret@db/soudan', 'mariadb:s3cret', 'verify://s3cret', 's3cret', ''])(
    'of another product is refused, and not repeated (%j)',
    (text) => {
      const refused = () => legacyDatabase(text, silentLog);
      expect(refused).toThrow(DatabaseUrlError);
      expect(refused).toThrow(expect.objectContaining({ message: expect.not.stringContaining('s3cret') as string }));
    },
  );
});
