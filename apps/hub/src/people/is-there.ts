// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { wearing } from '@tsunagi/domain';

const { notYet } = wearing.recipient;

/** SQL of a referral that its recipient's desk knows of: it has left its sender, and of what a person carries, it is there. */
export const isThere = (referral = 'referral') =>
  `(${referral}.sent_at is not null${notYet ? ` and (${referral}.ever_received or ${referral}.ever_accepted or ${referral}.channel is distinct from '${notYet}')` : ''})`;
