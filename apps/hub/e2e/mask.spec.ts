// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { describeWithServices } from '@tsunagi/testing';
import { sendingAtRandom } from './mask/sending-at-random';
import { embeddedTown, productionTown } from './town/town';

/** `npm run test:long -- mask` takes 1,000 of them; every change is tried with fewer. */
const referrals = Number(process.env['MASK_REFERRALS'] ?? '24');
/** MASK_SEED of a run that failed makes its referrals again. */
const seed = Number(process.env['MASK_SEED'] ?? randomInt(1_000_000));
/** On the embedded default there is one database backend for everything. */
const onOneBackend = Math.max(24, Math.round(referrals / 10));

jest.setTimeout(120_000 + referrals * 2_000);

const note = (line: string) => {
  const file = process.env['TEST_LONG_NOTES'];
  if (file !== undefined) appendFileSync(file, `${line}\n`);
};

describe(`the mask on the embedded default (PGlite, in-process broker), seed ${seed}`, () => {
  sendingAtRandom(embeddedTown, { referrals: onOneBackend, seed, note });
});

describeWithServices(['postgres', 'rabbit-accounts'], `the mask on PostgreSQL and RabbitMQ, seed ${seed}`, () => {
  sendingAtRandom(productionTown, { referrals, seed, note });
});
