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

module.exports = {
  // Machines are busy at times; what a test waits for has its own, shorter patience.
  testTimeout: 60_000,
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
      testMatch: ['**/*.int.spec.ts'],
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
