// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** Places at which a kill test may end the host. */
export const failpointNames = ['before-write', 'delivery-written', 'result-ready'] as const;

export const failpointSetting = z.string().regex(new RegExp(`^(${failpointNames.join('|')}):[1-9][0-9]{0,5}:exit$`));

export type Failpoint = (name: string) => void;

/** Passes nothing by. What production always gets. */
export const noFailpoint: Failpoint = () => undefined;

/**
 * `<name>:<nth>:exit` ends the process, as a kill would, the nth time that place is reached.
 * @param exit for specs
 */
export function failpointFrom(setting: string, exit: () => void = killNow): Failpoint {
  const [wanted, nth] = failpointSetting.parse(setting).split(':');
  let left = Number(nth);
  return (name) => {
    if (name !== wanted) return;
    left -= 1;
    if (left === 0) exit();
  };
}

/** No `exit` handlers, no flushing: as sudden as a power cut of the process. */
function killNow(): void {
  process.kill(process.pid, 'SIGKILL');
}
