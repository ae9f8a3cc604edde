// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { verifyInTests } from '@tsunagi/plugin-sdk/verify';
import { join } from 'node:path';
import { konkyuPlugin } from '../src/konkyu.plugin';
import kit from '../src/konkyu.verify';

verifyInTests({ plugin: konkyuPlugin, kit, root: join(__dirname, '..') });
