// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export {
  arrivals,
  carriedItems,
  claim,
  deliveryId,
  recallId,
  referralId,
  supplementId,
  type Changes,
} from './arrivals';
export {
  type CodecReport,
  type CodecRuns,
  codecRuns,
  type CodecUnderTrial,
  type ReaderUnderTrial,
  tellCodec,
  tryCodec,
  tryReader,
} from './codec-trial';
export { Dice } from './dice';
export { FakeClock } from './fake-clock';
export { HubDouble, type ArrivedItem, type HubScript } from './hub-double';
export { oddJson, oddlyChanged, oddText, oddValue } from './odd-values';
export { runPlugin, type PluginRun, type RunPluginOptions } from './run-plugin';
export { saidOf } from './said-of';
export { temporaryFolder, temporaryLegacyFolder, type TemporaryFolder } from './temporary-folder';
export { until } from './until';
