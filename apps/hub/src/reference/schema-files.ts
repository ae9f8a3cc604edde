// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Type } from '@nestjs/common';
import { disclosedReferral, messages, referralSubmission } from '@tsunagi/contracts';
import { z } from 'zod';
import type { Json } from './json';
import { messageTexts } from './message-texts';
import { pathsOfRoute, routesOf } from './routes';
import { exportedName, schemaDocument, type Io } from './schemas';

/** JSON Schema 2020-12 of everything that crosses a border, one file each, by path. */
export function schemaFiles(controllers: readonly Type[]): Record<string, Json> {
  const files: Record<string, Json> = {};
  const add = (name: string, schema: z.ZodType, io: Io, title: string) => {
    files[`${name}.json`] ??= schemaDocument(schema, io, `urn:tsunagi:schema:${name.replaceAll('/', ':')}`, title);
  };
  for (const type of Object.keys(messages) as (keyof typeof messages)[])
    add(type, messages[type], 'input', messageTexts[type]);
  add('submission', referralSubmission, 'input', 'つなぎの申込み(共通の形)');
  add('disclosed-referral', disclosedReferral, 'output', '受け手に渡るつなぎ(見せてよい項目だけ)');
  for (const { handler, description } of routesOf(controllers).flatMap(pathsOfRoute)) {
    if (!description) continue;
    const { body, answers, summary } = description;
    if (body) add(`http/${kebab(exportedName(body) ?? operationName(handler))}`, body, 'input', summary);
    for (const answer of Object.values(answers)) {
      const name = answer && exportedName(answer);
      if (name !== null && name !== undefined) add(`http/${kebab(name)}`, answer as z.ZodType, 'output', summary);
    }
  }
  return files;
}

/** What has no name among the contracts, such as the body of a step, is called after its operation. */
const operationName = (handler: string) => handler.replace('Controller.', '-');
const kebab = (name: string) =>
  name.replace(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`);
