// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, moment } from '@tsunagi/domain';
import { z } from 'zod';
import { disclosedLine } from './consents';
import { functionOutline } from '../disclosed-referral';

const ofReferral = { referralId: id, to: functionOutline };

/** GET /consents/{id}/withdrawal: what a withdrawal has stopped, what had gone before it, and what is done about that. */
export const withdrawalProof = z.strictObject({
  consent: id.describe('撤回された同意の id'),
  person: id.describe('ご本人の id'),
  receivedBy: functionOutline.describe('同意と撤回を受けた窓口'),
  at: moment.describe('撤回の時刻'),
  stopped: z.array(disclosedLine).describe('この同意で提供するところを、渡る前に止めたもの'),
  gone: z
    .array(disclosedLine)
    .describe('この同意で提供していたもの。`recall` は、取消しを求めたことと、その受領です。'),
  revoked: z.array(z.strictObject(ofReferral)).describe('引受の前だったので、根拠失効になったつなぎ'),
  talks: z
    .array(z.strictObject({ ...ofReferral, doneAt: moment.optional() }))
    .describe('引受の後だったので、ご本人と話し合うつなぎ。`doneAt` は、話し合いを済ませた時刻です。'),
});
export type WithdrawalProof = z.infer<typeof withdrawalProof>;
