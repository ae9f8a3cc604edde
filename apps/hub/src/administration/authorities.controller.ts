// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  authorityView,
  checkAuthority,
  newAuthority,
  type AuthorityView,
  type CheckAuthority,
  type NewAuthority,
} from '@tsunagi/contracts';
import { id } from '@tsunagi/domain';
import { z } from 'zod';
import { AuthoritiesDesk } from './authorities-desk.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: id.describe('根拠の行の id') });
const tag = '提供';
const who = 'authorities.keep';

@Controller(api)
export class AuthoritiesController {
  constructor(private readonly authorities: AuthoritiesDesk) {}

  @Post('authorities')
  @Describe({
    summary: '法令の行を狭める、市町村の行を足します。',
    details:
      '項目や相手を減らす、承認を先にする、短くする、切ることはできますが、広げることはできません。書かなかったことは法令の行のとおりです。翌日から先の日を `validFrom` に入れます。その日から、法令の行とそれによる記録は使えません。災害の期間(`windows`)も、ここで定めます。',
    tag,
    who,
    body: newAuthority,
    answers: { 201: authorityView },
    problems: ['NOT_FOUND'],
  })
  override(@Calling() caller: Caller, @Body(zod(newAuthority)) body: NewAuthority): Promise<AuthorityView> {
    return this.authorities.override(caller, body);
  }

  @Post('authorities/:id/check')
  @HttpCode(200)
  @Describe({
    summary: '法務などが、この行を確かめたことを記録します。',
    details: '本番では、確かめた人と日のない行は使えません。',
    tag,
    who,
    params: byId,
    headers: ifMatch,
    body: checkAuthority,
    answers: { 200: authorityView },
  })
  check(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(checkAuthority)) body: CheckAuthority,
  ): Promise<AuthorityView> {
    return this.authorities.check(caller, params.id, versionOf(version), body);
  }
}
