// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { verifyInTests } from '@tsunagi/plugin-sdk/verify';
import { join } from 'node:path';
import { kosodatePlugin } from '../src/kosodate.plugin';
import kit from '../src/kosodate.verify';

verifyInTests({ plugin: kosodatePlugin, kit, root: join(__dirname, '..') });
