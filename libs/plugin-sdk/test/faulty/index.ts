// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Plugin } from '../../src';
import { blunt } from './blunt';
import { deaf } from './deaf';
import { hasty } from './hasty';
import { inventing } from './inventing';
import { leaking } from './leaking';
import { losing } from './losing';
import { lying } from './lying';
import { merging } from './merging';
import { moody } from './moody';
import { mute } from './mute';
import { numbering } from './numbering';
import { outdated } from './outdated';
import { remembering } from './remembering';
import { repeating } from './repeating';
import { rolling } from './rolling';
import { silent } from './silent';
import { simplifying } from './simplifying';
import { strict } from './strict';
import { throwing } from './throwing';
import { twice } from './twice';

/** Each breaks one promise: the check that must fail, and no other. */
export const faultyPlugins: readonly (readonly [check: string, plugin: Plugin])[] = [
  ['config', mute],
  ['samples', silent],
  ['mapping', moody],
  ['duplicate', repeating],
  ['any-bytes', throwing],
  ['no-values', leaking],
  ['gaiji', blunt],
  ['characters', simplifying],
  ['dates', inventing],
  ['dates', rolling],
  ['dates', outdated],
  ['same-names', merging],
  ['sealed', remembering],
  ['my-number', numbering],
  ['reordered', strict],
  ['redelivered', twice],
  ['recalled', deaf],
  ['crash', losing],
  ['disable', hasty],
  ['not-carried', lying],
];
