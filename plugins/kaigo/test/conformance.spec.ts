// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { verifyInTests } from '@tsunagi/plugin-sdk/verify';
import { join } from 'node:path';
import { kaigoPlugin } from '../src/kaigo.plugin';
import kit from '../src/kaigo.verify';

verifyInTests({ plugin: kaigoPlugin, kit, root: join(__dirname, '..') });
