// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { health, type Health } from '@tsunagi/contracts';
import type { Courier } from '@tsunagi/messaging';
import type { Response } from 'express';
import { Database } from './database';
import { Describe } from './describe';
import { COURIER } from './provided';
import { Readiness } from './readiness';

const tag = '運用';

@Controller()
export class PlatformController {
  constructor(
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

  private databaseAnswers(): Promise<boolean> {
    return this.database.query('select 1').then(
      () => true,
      () => false,
    );
  }
}
