// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Header } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { z } from 'zod';
import { asyncApi } from './asyncapi';
import { codeGroups } from './code-groups';
import { codesHtml, docsPage } from './docs-page';
import type { Json } from './json';
import { openApi } from './openapi';
import { controllersOf } from './routes';
import { version } from './texts';
import { Describe, pageStyle } from '../platform';

const tag = '運用';
const document = z.record(z.string(), z.json());
const text = z.string();

const html = 'text/html; charset=utf-8';

/** The documents that a stranger needs. They hold no resident and no secret, so anybody may read them. */
@Controller()
export class ReferenceController {
  private readonly openApiOnce = once(() => openApi(controllersOf(this.modules), version));
  private readonly asyncApiOnce = once(() => asyncApi(version));
  private readonly docsOnce = once(() => docsPage(this.openApiOnce()));
  private readonly codesOnce = once(() => codesHtml(codeGroups()));

  constructor(private readonly modules: ModulesContainer) {}

  @Get('openapi.json')
  @Describe({ summary: 'この API の説明(OpenAPI 3.1)', tag, who: 'anyone', answers: { 200: document } })
  openApi(): Json {
    return this.openApiOnce();
  }

  @Get('asyncapi.json')
  @Describe({ summary: 'メッセージの説明(AsyncAPI 3.0)', tag, who: 'anyone', answers: { 200: document } })
  asyncApi(): Json {
    return this.asyncApiOnce();
  }

  @Get('docs')
  @Header('Content-Type', html)
  @Describe({
    summary: 'この API の説明(読むための頁)',
    tag,
    who: 'anyone',
    answers: { 200: text },
    produces: 'text/html',
  })
  docs(): string {
    return this.docsOnce();
  }

  @Get('docs/codes')
  @Header('Content-Type', html)
  @Describe({ summary: 'コード一覧(読むための頁)', tag, who: 'anyone', answers: { 200: text }, produces: 'text/html' })
  codes(): string {
    return this.codesOnce();
  }

  @Get('docs/style.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Describe({ summary: '頁の見た目', tag, who: 'anyone', answers: { 200: text }, produces: 'text/css' })
  style(): string {
    return pageStyle;
  }
}

/** Made when somebody asks for it first; the routes are known by then. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
