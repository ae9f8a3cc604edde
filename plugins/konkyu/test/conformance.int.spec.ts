// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { verifyInTests } from '@tsunagi/plugin-sdk/verify';
import { join } from 'node:path';
import { konkyuPlugin } from '../src/konkyu.plugin';
import { products } from './products';
import { LegacyOffices } from './verify-kit';

for (const product of products) {
  describeWithServices([product.need], `on the office’s ${product.name}`, () => {
    const offices = new LegacyOffices(product);
    afterAll(() => offices.close());

    verifyInTests({ plugin: konkyuPlugin, kit: offices.kit, root: join(__dirname, '..') });
  });
}
