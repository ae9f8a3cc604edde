// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PluginView } from '@tsunagi/contracts';
import { Chip, type ChipColor } from '../../parts/chip';
import { useTexts, type Texts } from '../../texts';

export type PluginState = keyof Texts['machines']['states'];

/** How a plugin stands, in one word: what somebody must look at first wins. */
export function stateOf({ enabled, host, laneOpen, intake, quarantined }: PluginView): PluginState {
  if (!enabled) return 'off';
  if (host?.fresh !== true) return 'hostAway';
  if (host.code !== undefined) return 'troubled';
  if (intake.pause) return 'paused';
  if (!laneOpen) return 'starting';
  return quarantined > 0 ? 'quarantined' : 'on';
}

const colors: Readonly<Record<PluginState, ChipColor>> = {
  on: 'green',
  off: 'gray',
  hostAway: 'red',
  troubled: 'red',
  starting: 'blue',
  paused: 'orange',
  quarantined: 'orange',
};

export function StateChip({ of }: { readonly of: PluginView }) {
  const { machines } = useTexts();
  const state = stateOf(of);
  return (
    <Chip color={colors[state]} filled={state !== 'off'}>
      {machines.states[state]}
    </Chip>
  );
}
