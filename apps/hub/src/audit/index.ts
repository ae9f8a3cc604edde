// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { audit, type AuditEntry } from './audit';
export { SettledLines } from './settled-lines';
export { AuditModule } from './audit.module';
export { keysOf, keysOfSet, keySetOf, signatureOf, type AuditKey, type Checkpoint, type CheckpointKeys } from './chain';
export { exportedChain, exportText } from './exported-chain';
export { checkpointFile, checkpointsIn, lastSealIn } from './second-place';
export { Sealer } from './sealer.service';
export { checkpointOf, storedChain, type Ask } from './stored-chain';
export { verifyChain, type BreakKind, type ChainBreak, type ChainItem, type Verified } from './verify-chain';
