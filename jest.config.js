// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Three rungs: `unit` is pure, `integration` talks to real services, `e2e` runs whole journeys. */
const shared = {
  testEnvironment: 'node',
  // Specs run from the sources; a built `dist` is only for started processes.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['/dist/', '/var/'],
};

/** The whole suite takes the hub's specs with services several to a file (`apps/hub/test/together`). */
const together = process.env.TSUNAGI_TEST_TOGETHER === '1';

module.exports = {
  // Machines are busy at times; what a test waits for has its own, shorter patience.
  testTimeout: 60_000,
  testSequencer: './scripts/jest-long-first.cjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '/e2e/', '/node_modules/'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: together
        ? ['**/*.int.spec.ts', '!**/apps/hub/src/**', '**/apps/hub/test/together/[0-9].ts']
        : ['**/*.int.spec.ts'],
      globalSetup: './scripts/jest-services.cjs',
      globalTeardown: './scripts/jest-services-stop.cjs',
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['**/e2e/**/*.spec.ts'],
      globalSetup: './scripts/jest-services.cjs',
      globalTeardown: './scripts/jest-services-stop.cjs',
    },
  ],
};
