// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// jest's globalSetup of the projects that need services; jest runs it once for all of them and compiles the TypeScript it
// requires with its own transform. So no build is needed, and a stale one does no harm.
module.exports = async function startServices() {
  const { startTestServices } = require('../libs/testing/src/index.ts');
  globalThis.tsunagiTestServices = await startTestServices();
};
