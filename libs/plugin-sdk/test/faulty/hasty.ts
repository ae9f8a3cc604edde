// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { soundPlugin } from './sound';

const finished = new Set<string>();

/** Takes what was interrupted for done. */
export const hasty = soundPlugin({
  id: 'hasty',
  source: (source, folder) => ({
    name: source.name,
    check: () => source.check(),
    dryRun: async (file, intake) => source.dryRun?.(file, intake),
    poll: async (intake) => {
      if (finished.has(folder)) return {};
      try {
        return await source.poll(intake);
      } catch (error) {
        if (intake.signal.aborted) finished.add(folder);
        throw error;
      }
    },
  }),
});
