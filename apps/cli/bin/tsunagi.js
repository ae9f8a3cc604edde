#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Committed, because npm links no command whose file is not there yet; everything else is built.
require('../dist/main.js');
