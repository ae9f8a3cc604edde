// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, HttpStatus, Inject, Res, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { health, type Health } from '@tsunagi/contracts';
import type { Courier } from '@tsunagi/messaging';
import type { Response } from 'express';
import { z } from 'zod';
import { Database } from './database';
import { Describe } from './describe';
import { openApi } from './openapi';
import { COURIER } from './provided';
import { Readiness } from './readiness';

const tag = '運用';
const version = '0.1.0';

@Controller()
export class PlatformController {
  private document: Record<string, unknown> | undefined;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly readiness: Readiness,
    private readonly database: Database,
    @Inject(COURIER) private readonly courier: Courier,
  ) {}

  @Get('health/live')
  @Describe({ summary: 'プロセスが動いているか', tag, who: 'anyone', answers: { 200: health } })
  live(): Health {
    return { status: 'ok', missing: [] };
  }

  @Get('health/ready')
  @Describe({
    summary: '起動が終わり、データベースとメッセージ基盤につながっているか',
    tag,
    who: 'anyone',
    answers: { 200: health, 503: health },
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Health> {
    const missing = this.readiness.missing;
    if (!this.courier.connected) missing.push('broker');
    if (!(await this.databaseAnswers())) missing.push('database');
    if (missing.length > 0) response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: missing.length === 0 ? 'ok' : 'unavailable', missing };
  }

  @Get('openapi.json')
  @Describe({
    summary: 'この API の説明(OpenAPI 3.1)',
    tag,
    who: 'anyone',
    answers: { 200: z.record(z.string(), z.json()) },
  })
  describe(): Record<string, unknown> {
    return (this.document ??= openApi(controllersOf(this.modules), version));
  }

  private databaseAnswers(): Promise<boolean> {
    return this.database.query('select 1').then(
      () => true,
      () => false,
    );
  }
}

/** Every controller of the application, in a fixed order. */
export function controllersOf(modules: ModulesContainer): Type[] {
  const all = [...modules.values()].flatMap((m) => [...m.controllers.values()].map((c) => c.metatype as Type));
  return [...new Set(all)].sort((a, b) => (a.name < b.name ? -1 : 1));
}
