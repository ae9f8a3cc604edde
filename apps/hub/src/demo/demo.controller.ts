// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { clockView, moveClock, type ClockView, type MoveClock } from '@tsunagi/contracts';
import { DemoClocks } from './demo-clock.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod, type Who } from '../platform';

const tag = '試用';
const who: Who = 'clock.move';

const moveDetails = `試用・研修のハブだけで使えます。\`advance\`(どれだけ進めるか)か \`jumpTo\`(いつにするか)のどちらかを書きます。戻すことはできません。同じデータベースのすべてのハブが一秒ほどで従い、期限・督促・保留の再開がその時刻のとおりに動きます。`;

@Controller(`${api}/clock`)
export class DemoController {
  constructor(private readonly clocks: DemoClocks) {}

  @Get()
  @Describe({
    summary: '試用のハブの時計を見ます。',
    tag,
    who,
    answers: { 200: clockView },
    problems: ['CLOCK_NOT_MOVABLE'],
  })
  view(): ClockView {
    return this.clocks.view();
  }

  @Post()
  @HttpCode(200)
  @Describe({
    summary: '試用のハブの時計を進めます。',
    tag,
    who,
    details: moveDetails,
    body: moveClock,
    answers: { 200: clockView },
    problems: ['CLOCK_NOT_MOVABLE', 'CLOCK_RUNS_FORWARD'],
  })
  move(@Calling() caller: Caller, @Body(zod(moveClock)) body: MoveClock): Promise<ClockView> {
    return this.clocks.move(caller.actor, body);
  }
}
