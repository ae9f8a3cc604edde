// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  ageRuleList,
  ageRuleView,
  checkAuthority,
  newAgeRules,
  type AgeRuleList,
  type AgeRuleView,
  type CheckAuthority,
  type NewAgeRules,
} from '@tsunagi/contracts';
import { id } from '@tsunagi/domain';
import { z } from 'zod';
import { AgeRulesDesk } from './age-rules-desk.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: id.describe('年齢の定めの id') });
const tag = '同意';
const who = 'authorities.keep';

@Controller(api)
export class AgeRulesController {
  constructor(private readonly ageRules: AgeRulesDesk) {}

  @Post('age-rules')
  @Describe({
    summary: '年齢の定めを、ある日から変えます。',
    details:
      '0歳から、すきまなく、年齢の順に入れます。いまの定めは、その前の日で終わります。それより前に記録された同意は、そのまま残ります。先の日の定めを直すには、同じ日でもう一度入れます。',
    tag,
    who,
    body: newAgeRules,
    answers: { 201: ageRuleList },
  })
  replace(@Calling() caller: Caller, @Body(zod(newAgeRules)) body: NewAgeRules): Promise<AgeRuleList> {
    return this.ageRules.replace(caller, body);
  }

  @Post('age-rules/:id/check')
  @HttpCode(200)
  @Describe({
    summary: '法務などが、この行を確かめたことを記録します。',
    details: '確かめていない定めも使われます。使わなければ、子どもがおとなと同じに決められることになるからです。',
    tag,
    who,
    params: byId,
    headers: ifMatch,
    body: checkAuthority,
    answers: { 200: ageRuleView },
  })
  check(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(checkAuthority)) body: CheckAuthority,
  ): Promise<AgeRuleView> {
    return this.ageRules.check(caller, params.id, versionOf(version), body);
  }
}
