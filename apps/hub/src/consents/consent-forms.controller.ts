// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  consentFormList,
  consentFormView,
  consentSheet,
  listQuery,
  newConsentForm,
  retireConsentForm,
  type ConsentFormView,
  type ConsentSheet,
  type ListQuery,
  type NewConsentForm,
  type Page,
  type RetireConsentForm,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { ConsentForms } from './consent-forms.service';
import { Caller, Calling } from '../access';
import { pageAfter } from '../organizations';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('様式の id') });
type ById = z.infer<typeof byId>;
const tag = '同意';

@Controller(`${api}/consent-forms`)
export class ConsentFormsController {
  constructor(private readonly forms: ConsentForms) {}

  @Get()
  @Describe({
    summary: '同意書の様式の一覧',
    details: '続きは、答えの `next` を `cursor` に付けて取ります。',
    tag,
    who: 'caller',
    query: listQuery,
    answers: { 200: consentFormList },
  })
  list(@Query(zod(listQuery)) query: ListQuery): Page<ConsentFormView> {
    return pageAfter(this.forms.all(), query);
  }

  @Post()
  @Describe({
    summary: '同意書の様式を起案します',
    details:
      '個人情報保護担当が承認するまで使えません。承認のあとも文面は変えられません。直すときは、新しい版を起案して、前の版の使用を終えます。',
    tag,
    who: 'forms.draft',
    body: newConsentForm,
    answers: { 201: consentFormView },
    problems: ['ALREADY_THERE', 'NOT_FOUND', 'FUNCTION_NEEDED'],
  })
  draft(@Calling() caller: Caller, @Body(zod(newConsentForm)) body: NewConsentForm): Promise<ConsentFormView> {
    return this.forms.draft(caller, body);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Describe({
    summary: '同意書の様式を承認します',
    details: '自分の起案は承認できません。',
    tag,
    who: 'forms.approve',
    params: byId,
    headers: ifMatch,
    answers: { 200: consentFormView },
    problems: ['OWN_DRAFT'],
  })
  approve(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: ById,
    @Headers('if-match') revision: string | undefined,
  ): Promise<ConsentFormView> {
    return this.forms.approve(caller, id, versionOf(revision));
  }

  @Post(':id/retire')
  @HttpCode(200)
  @Describe({
    summary: '同意書の様式の使用を終えます',
    details: 'この様式で得た同意は、そのまま続きます。業務システムの「同意あり」は、その日から新しい同意になりません。',
    tag,
    who: 'forms.approve',
    params: byId,
    body: retireConsentForm,
    headers: ifMatch,
    answers: { 200: consentFormView },
    problems: ['PERIOD_PAST'],
  })
  retire(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: ById,
    @Headers('if-match') revision: string | undefined,
    @Body(zod(retireConsentForm)) body: RetireConsentForm,
  ): Promise<ConsentFormView> {
    return this.forms.retire(caller, id, versionOf(revision), body);
  }

  @Get(':id/sheet')
  @Describe({
    summary: '同意書の用紙に載せる内容(印刷用)',
    details: '承認されて使用中の様式だけです。住民の情報は含みません。',
    tag,
    who: 'caller',
    params: byId,
    answers: { 200: consentSheet },
    problems: ['FORM_NOT_APPROVED'],
  })
  sheet(@Param(zod(byId)) { id }: ById): ConsentSheet {
    return this.forms.sheet(id);
  }
}
