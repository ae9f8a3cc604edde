// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Query } from '@nestjs/common';
import { flows, flowsQuery, type Flows, type FlowsQuery } from '@tsunagi/contracts';
import { FlowsOfTown } from './flows.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

@Controller(`${api}/reports`)
export class FlowsController {
  constructor(private readonly flows: FlowsOfTown) {}

  @Get('flows')
  @Describe({
    summary: '分野から分野へのつなぎの数、引受までの日数、待っている理由を、月または年度で見ます。',
    details:
      '`month` か `fiscalYear` のどちらかを入れます。調整担当と承認者には市町村全体が、窓口の責任者には自分の窓口の分だけが出ます。窓口がいくつもあるときは `Tsunagi-Function` で一つを選びます。5件に満たない数は `<5` とし、ほかの欄から計算できないように、ほかの数も `n+` にすることがあります。年度の数は、月の表に出る数だけから作ります。',
    tag: 'つなぎ',
    who: 'flows.count',
    query: flowsQuery,
    answers: { 200: flows },
    problems: ['FUNCTION_NEEDED'],
  })
  of(@Calling() caller: Caller, @Query(zod(flowsQuery)) query: FlowsQuery): Promise<Flows> {
    return this.flows.of(caller, query);
  }
}
