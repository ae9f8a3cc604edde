// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export {
  decideForCoordinatorsOn,
  decideOn,
  decideOnWords,
  decisionRow,
  feedbackOn,
  isNarrativeOld,
  narrativeOldFrom,
  isPermit,
  permitById,
  permitsWhere,
  stillCovers,
  stillStands,
  consentOnlyAt,
  type DisclosableReferral,
  type MemberOnFile,
} from './deciding';
export {
  bringWords,
  closeLedger,
  disclosedTo,
  enterFeedback,
  enterLedger,
  enterSight,
  enterWords,
  hasOpened,
  goneBy,
  markGone,
  neverWent,
  recallWords,
  sightsOf,
  whatWent,
  type LedgerLine,
  type Sight,
} from './ledger';
export { DisclosureModule } from './disclosure.module';
export { Ledger, type LedgerOf } from './ledger.service';
