// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { ConsentListener, type ConsentChange } from './consent-listener';
export { beginningsOf, fromConsent } from './consent.rows';
export { ConsentsModule } from './consents.module';
export { WithdrawalProofs } from './withdrawal-proofs';
export { saidOf } from './said-of';
export { noWishes, wishesOf, type Wishes } from './wishes';
