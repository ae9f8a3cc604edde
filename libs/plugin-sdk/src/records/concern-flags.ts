// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Concern, type MemberItems } from '@tsunagi/domain';

/** 相談事由フラグ: 12 flags in the order of the つなぐシート; 2 is ◎. Nothing where all are 0. */
export function concernOf(flags: string): MemberItems['concern'] {
  const boxes = Concern.options.filter((_, box) => flags[box] !== '0');
  const mostPressing = Concern.options.filter((_, box) => flags[box] === '2');
  if (boxes.length === 0) return undefined;
  return mostPressing.length === 0 ? { boxes } : { boxes, mostPressing };
}

/** The same the other way. */
export function flagsOf(boxes: readonly Concern[], mostPressing: readonly Concern[]): string {
  return Concern.options.map((box) => (mostPressing.includes(box) ? '2' : boxes.includes(box) ? '1' : '0')).join('');
}
