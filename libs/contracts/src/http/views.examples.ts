// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { z } from 'zod';
import { changeView, newView, savedView, viewList, type SavedView } from './views';
import { exampleId as id } from '../example-ids';

const konkyu = id(22);
const query = { view: 'overdue', to: konkyu, sort: 'due' } as const;
const saved: SavedView = {
  id: id(61),
  version: 1,
  name: '朝に見るもの',
  query,
  function: { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' },
};

/** Views of the queue: schema, what it shows, the body. */
export const viewExamples: readonly (readonly [z.ZodType, string, unknown])[] = [
  [newView, '窓口で共有する見方', { name: saved.name, query, function: konkyu }],
  [changeView, '名前を変える', { name: '昼に見るもの' }],
  [savedView, '保存した見方', saved],
  [
    viewList,
    '決まった見方と保存した見方。件数つき。',
    {
      items: [
        { code: 'overdue', name: '期限超過', query: { view: 'overdue' }, count: 1000, more: true },
        { ...saved, count: 12 },
      ],
    },
  ],
];
