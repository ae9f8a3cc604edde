// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isInsurerNumber } from '@tsunagi/plugin-sdk';
import type { ProfileFault } from '@tsunagi/plugin-sdk/profiles';

/** As much of a profile as its parts can contradict one another in. */
export interface ProfileParts {
  readonly fileName: string;
  readonly frame: string;
  readonly dataKind?: string | undefined;
  readonly recordNumber?: string | undefined;
  readonly columns: readonly string[];
  readonly shortest?: number | undefined;
  readonly fields: Readonly<Record<string, object | undefined>>;
  readonly fixed: Readonly<Record<string, string | undefined>>;
}

/** What no single setting shows: each is right alone, and they do not go together. */
export function* faultsOfProfile(profile: ProfileParts): Generator<ProfileFault> {
  const { fileName, frame, columns, shortest, fields, fixed } = profile;
  for (const sign of ['{serial}', '{date}', '*'])
    if (fileName.split(sign).length > 2) yield { path: ['fileName'], message: `${sign} は一度だけ書けます` };
  if (frame === 'envelope' && profile.dataKind === undefined)
    yield { path: ['dataKind'], message: 'envelope にはデータ種別が要ります' };
  if ((frame === 'envelope' || frame === 'csv-kind-names') && profile.recordNumber === undefined)
    yield { path: ['recordNumber'], message: 'この枠には記録の番号が要ります' };
  for (const [at, column] of columns.entries())
    if (columns.indexOf(column) < at) yield { path: ['columns', at], message: '同じ名前の列があります' };
  if (shortest !== undefined && shortest >= columns.length)
    yield { path: ['shortest'], message: '列の数より少なくします' };
  for (const [field, read] of Object.entries(fields))
    for (const { path, column } of columnsIn(read ?? {}))
      if (!columns.includes(column)) yield { path: ['fields', field, ...path], message: 'この名前の列はありません' };
  if (fields['insurer'] === undefined && fixed['insurer'] === undefined)
    yield { path: ['fields', 'insurer'], message: '保険者番号の列か fixed.insurer が要ります' };
  if (fixed['insurer'] !== undefined && !isInsurerNumber(fixed['insurer']))
    yield { path: ['fixed', 'insurer'], message: '保険者番号の検証番号が合いません' };
  if (fields['changedOn'] === undefined && !fileName.includes('{date}'))
    yield { path: ['fields', 'changedOn'], message: '異動年月日の列か、ファイルの名前の {date} が要ります' };
  for (const [field, value] of Object.entries(fixed))
    if (value !== undefined && fields[field] !== undefined)
      yield { path: ['fixed', field], message: '列から読む項目に、共通の値は書けません' };
}

function columnsIn(read: object): { path: (string | number)[]; column: string }[] {
  const { column, columns = [] } = read as { column?: string; columns?: readonly string[] };
  return [
    ...(column === undefined ? [] : [{ path: ['column'], column }]),
    ...columns.map((one, at) => ({ path: ['columns', at], column: one })),
  ];
}
