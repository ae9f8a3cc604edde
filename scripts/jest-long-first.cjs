// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

const { default: Sequencer } = require('@jest/test-sequencer');

/** Short files whose tests take long: begun last, they would keep one worker busy while the others have nothing left. */
const long = [
  '/test/together/',
  '/every-operation.',
  '/e2e/embedded.',
  '/e2e/production.',
  '/e2e/invariants.',
  'kills.',
  '/e2e/console/answers.',
  '/e2e/console/conferences.',
  '/e2e/console/new-hands.',
  '/e2e/console/own-unit.',
  '/e2e/console/pages',
  '/e2e/console/stories-',
];

/** Jest begins with the largest files, as long as it does not know how long they took the last time. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => long.some((part) => path.includes(part));
    const bySize = super.sort(tests);
    return [...bySize.filter(isLong), ...bySize.filter((test) => !isLong(test))];
  }
};
