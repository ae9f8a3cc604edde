#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Part of the build: makes the empty cluster that the embedded start copies, once per version of PGlite.
require('../dist/embedded/index.js')
  .prepareClusterTemplate()
  .catch((error) => {
    console.error(`Making the embedded database's template failed: ${error.code}`);
    process.exitCode = 1;
  });
