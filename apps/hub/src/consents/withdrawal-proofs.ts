// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { WithdrawalProof } from '@tsunagi/contracts';
import type { Consent } from '@tsunagi/domain';
import type { Caller } from '../access';

/** What a withdrawal has brought about. The room of the referrals knows; consents know no referral. */
export abstract class WithdrawalProofs {
  /** As far as the desk that took the consent may know it. */
  abstract of(caller: Caller, consent: Consent & { readonly withdrawnAt: string }): Promise<WithdrawalProof>;
}
