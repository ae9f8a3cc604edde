// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { loadPlugins } from './load-plugins';

describe('a host', () => {
  it.each(['kaigo', 'shogai', 'kosodate', 'konkyu'])('runs the plugin %s of this repository by its name', (name) => {
    const { accepted, refused } = loadPlugins([name], require);
    expect([accepted.map(({ id }) => id), refused]).toEqual([[name], []]);
  });
});
