// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { HubModule } from './hub.module';
import { rowsOfTheLaw } from './migrations/1764700000000-law-of-disclosure.rows';
import type { Opened } from './platform';
import {
  asyncApi,
  authoritiesPage,
  codeGroups,
  codesPage,
  controllersOf,
  lifePage,
  openApi,
  schemaFiles,
  version,
  type Json,
} from './reference';

/**
 * The generated documents by path below `docs/reference`: text as it is, the others as JSON. Made without a database or
 * broker, and equal to what a running hub serves.
 */
export async function referenceFiles(): Promise<Readonly<Record<string, Json | string>>> {
  const controllers = await controllersOfHub();
  return {
    'openapi.json': openApi(controllers, version),
    'asyncapi.json': asyncApi(version),
    'codes.md': codesPage(codeGroups()),
    'life.md': lifePage(),
    'authorities.md': authoritiesPage(rowsOfTheLaw),
    ...Object.fromEntries(
      Object.entries(schemaFiles(controllers)).map(([path, schema]) => [`schemas/${path}`, schema]),
    ),
  };
}

/** In preview Nest builds the graph of modules and makes nothing of it, so nothing has to be open. */
export async function controllersOfHub(): Promise<Type[]> {
  const nothingOpened = {} as Opened;
  const app = await NestFactory.create(HubModule.for(nothingOpened), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return controllersOf(app.get(ModulesContainer));
}
