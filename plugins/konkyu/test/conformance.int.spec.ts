// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { verifyInTests } from '@tsunagi/plugin-sdk/verify';
import { join } from 'node:path';
import { konkyuPlugin } from '../src/konkyu.plugin';
import { LegacyOffices } from './verify-kit';

describeWithServices(['postgres'], 'on the office’s database', () => {
  const offices = new LegacyOffices();
  afterAll(() => offices.close());

  verifyInTests({ plugin: konkyuPlugin, kit: offices.kit, root: join(__dirname, '..') });
});
