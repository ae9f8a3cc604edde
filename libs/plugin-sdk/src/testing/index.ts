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
export { type CodecReport, type CodecUnderTrial, codecRuns, tellCodec, tryCodec } from './codec-trial';
export { FakeClock } from './fake-clock';
export { HubDouble, type ArrivedItem, type HubScript } from './hub-double';
export { runPlugin, type PluginRun, type RunPluginOptions } from './run-plugin';
export { temporaryFolder, temporaryLegacyFolder, type TemporaryFolder } from './temporary-folder';
export { until } from './until';
