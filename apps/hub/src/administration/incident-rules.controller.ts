// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  checkAuthority,
  incidentRuleList,
  incidentRuleView,
  newIncidentRules,
  type CheckAuthority,
  type IncidentRuleList,
  type IncidentRuleView,
  type NewIncidentRules,
} from '@tsunagi/contracts';
import { id } from '@tsunagi/domain';
import { z } from 'zod';
import { IncidentRulesDesk } from './incident-rules-desk.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: id.describe('漏えい等の期限の定めの id') });
const tag = '提供';
const who = 'authorities.keep';

@Controller(api)
export class IncidentRulesController {
  constructor(private readonly rules: IncidentRulesDesk) {}

  @Get('incident-rules')
  @Describe({
    summary: '漏えい等の期限の定め(速報・確報・ご本人への通知を何日までにするか)の一覧',
    details: '終わったものも、これから使うものもあります。当てはまる行がいくつかあれば、いちばん早い日になります。',
    tag,
    who: 'authorities.read',
    answers: { 200: incidentRuleList },
  })
  list(): Promise<IncidentRuleList> {
    return this.rules.list();
  }

  @Post('incident-rules')
  @Describe({
    summary: '漏えい等の期限の定めを、ある日から変えます。',
    details:
      '四つの期限のすべてを入れます。いまの定めは、その前の日で終わります。それより前に気づいた事故の期限は、そのまま残ります。先の日の定めを直すには、同じ日でもう一度入れます。',
    tag,
    who,
    body: newIncidentRules,
    answers: { 201: incidentRuleList },
  })
  replace(@Calling() caller: Caller, @Body(zod(newIncidentRules)) body: NewIncidentRules): Promise<IncidentRuleList> {
    return this.rules.replace(caller, body);
  }

  @Post('incident-rules/:id/check')
  @HttpCode(200)
  @Describe({
    summary: '法務などが、この行を確かめたことを記録します。',
    details: '確かめていない定めも使われます。使わなければ、事故に期限がなくなるからです。',
    tag,
    who,
    params: byId,
    headers: ifMatch,
    body: checkAuthority,
    answers: { 200: incidentRuleView },
  })
  check(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(checkAuthority)) body: CheckAuthority,
  ): Promise<IncidentRuleView> {
    return this.rules.check(caller, params.id, versionOf(version), body);
  }
}
