// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { verifyInTests } from '@tsunagi/plugin-sdk/verify';
import { join } from 'node:path';
import { shogaiPlugin } from '../src/shogai.plugin';
import kit from '../src/shogai.verify';

verifyInTests({ plugin: shogaiPlugin, kit, root: join(__dirname, '..') });
