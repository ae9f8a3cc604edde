// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, day, id, line, moment } from '@tsunagi/domain';
import { z } from 'zod';

const evidence = z
  .strictObject({ reference: line(200), sha256: z.hex().length(64).optional() })
  .describe('申込書の在りかと、その SHA-256')
  .optional();

/** POST /persons/{id}/applications: 申込, agreement to a service. It is no consent and permits nothing. */
export const newApplication = z.strictObject({
  service: line(60).describe('申し込んだ支援・事業'),
  appliedOn: day.describe('申し込んだ日。なければ、今日。').optional(),
  formVersion: code(40).describe('申込を含む様式の版').optional(),
  evidence,
});
export type NewApplication = z.infer<typeof newApplication>;

/** POST /persons/{id}/applications/{application}/withdraw */
export const withdrawApplication = z.strictObject({
  on: day.describe('取り下げた日。なければ、今日。').optional(),
});
export type WithdrawApplication = z.infer<typeof withdrawApplication>;

export const application = z.strictObject({
  id,
  service: line(60),
  appliedOn: day,
  formVersion: code(40).optional(),
  evidence,
  recordedAt: moment,
  withdrawnOn: day.optional(),
});
export type Application = z.infer<typeof application>;
export const applicationList = z.strictObject({ items: z.array(application) });
