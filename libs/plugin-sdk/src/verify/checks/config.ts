// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { Check } from '../check';

/** As much of a JSON Schema as describes settings. */
interface SettingSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SettingSchema>>;
}

const japanese = /[ぁ-んァ-ヶ一-龠]/;
const secretName = /pass(word|phrase)|secret|token|api-?key|credential|private-?key/i;

export const configDescribed: Check = {
  name: 'config',
  sentence: '設定の項目すべてに日本語の説明があり、秘密は秘密情報の名前だけで書く。',
  remedy: '設定の各項目に .describe("…") で説明を付け、秘密は secretRef で書いてください。',
  run: ({ plugin }) => {
    let schema: SettingSchema;
    try {
      schema = z.toJSONSchema(plugin.config, { io: 'input' }) as SettingSchema;
    } catch {
      return Promise.resolve(['設定を JSON Schema にできません。画面に出せない型が使われています。']);
    }
    return Promise.resolve(faultsOf(schema, ''));
  },
};

function faultsOf({ properties = {} }: SettingSchema, above: string): string[] {
  return Object.entries(properties).flatMap(([name, setting]) => {
    const at = `${above}/${name}`;
    if (isSecretRef(setting)) return described(at, setting);
    const open = secretName.test(name) ? [`${at}：秘密そのものを設定に書くことになります`] : [];
    return [...described(at, setting), ...open, ...faultsOf(setting, at)];
  });
}

const described = (at: string, { description = '' }: SettingSchema) =>
  japanese.test(description) ? [] : [`${at}：日本語の説明がありません`];

const isSecretRef = ({ properties = {} }: SettingSchema) => Object.keys(properties).join() === 'secretRef';
