// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from 'react';

export type ChipColor = 'gray' | 'blue' | 'light-blue' | 'green' | 'orange' | 'red' | 'yellow' | 'purple' | 'magenta';

/** A word that stands for a state. Colour only repeats what it says. */
export function Chip(props: { readonly color?: ChipColor; readonly filled?: boolean; readonly children: ReactNode }) {
  return (
    <span
      className="dads-chip-label chip"
      data-style={props.filled ? 'filled-outline' : 'outline'}
      data-color={props.color ?? 'gray'}
    >
      {props.children}
    </span>
  );
}
