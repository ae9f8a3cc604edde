// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  incident,
  incidentAnswered,
  incidentList,
  newIncident,
  newIncidentNote,
  recorded,
  type Incident,
  type IncidentAnswered,
  type IncidentList,
  type NewIncident,
  type NewIncidentNote,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { Incidents } from './incidents.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('事故の id') });
const none = z.strictObject({});
const tag = '提供';

@Controller(api)
export class IncidentsController {
  constructor(private readonly incidents: Incidents) {}

  @Get('incidents')
  @Describe({
    summary: '漏えい等の事故を見ます(個人情報保護担当と、その二つの窓口だけ)。',
    tag,
    who: 'incidents.handle',
    answers: { 200: incidentList },
  })
  async list(@Calling() caller: Caller): Promise<IncidentList> {
    return { items: await this.incidents.list(caller) };
  }

  @Post('incidents')
  @Describe({
    summary: '渡した情報の漏えい等を記録します。',
    details: '誤送付(`misdirected`)と別人の統合では、事故は自動で開きます。期限は、気づいた日から数えます。',
    tag,
    who: 'incidents.handle',
    body: newIncident,
    answers: { 201: recorded },
    problems: ['NOT_FOUND'],
  })
  open(@Calling() caller: Caller, @Body(zod(newIncident)) body: NewIncident): Promise<{ id: string }> {
    return this.incidents.open(caller, body);
  }

  @Get('incidents/:id')
  @Describe({ summary: '事故を一件見ます。', tag, who: 'incidents.handle', params: byId, answers: { 200: incident } })
  one(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<Incident> {
    return this.incidents.one(caller, id);
  }

  @Post('incidents/:id/notes')
  @Describe({
    summary: '事故について、分かったことやしたことを書き留めます。',
    details: '読めるのは、書いた窓口と個人情報保護担当だけです。',
    tag,
    who: 'incidents.handle',
    params: byId,
    body: newIncidentNote,
    answers: { 201: recorded },
  })
  note(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(newIncidentNote)) { text }: NewIncidentNote,
  ): Promise<{ id: string }> {
    return this.incidents.note(caller, id, text);
  }

  @Post('incidents/:id/contain')
  @HttpCode(200)
  @Describe({
    summary: '被害の拡大を防いだことを記録します。',
    tag,
    who: 'incidents.handle',
    params: byId,
    headers: ifMatch,
    body: none,
    answers: { 200: incident },
    problems: ['INCIDENT_STEP'],
  })
  contain(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(none)) _: z.infer<typeof none>,
  ): Promise<Incident> {
    return this.incidents.take(caller, id, versionOf(version), 'contain');
  }

  @Post('incidents/:id/report')
  @HttpCode(200)
  @Describe({
    summary: '速報を記録します。',
    tag,
    who: 'incidents.report',
    params: byId,
    headers: ifMatch,
    body: incidentAnswered,
    answers: { 200: incident },
    problems: ['INCIDENT_STEP'],
  })
  report(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(incidentAnswered)) body: IncidentAnswered,
  ): Promise<Incident> {
    return this.incidents.take(caller, id, versionOf(version), 'first_report', body);
  }

  @Post('incidents/:id/final-report')
  @HttpCode(200)
  @Describe({
    summary: '確報を記録します。',
    tag,
    who: 'incidents.report',
    params: byId,
    headers: ifMatch,
    body: incidentAnswered,
    answers: { 200: incident },
    problems: ['INCIDENT_STEP'],
  })
  finalReport(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(incidentAnswered)) body: IncidentAnswered,
  ): Promise<Incident> {
    return this.incidents.take(caller, id, versionOf(version), 'final_report', body);
  }

  @Post('incidents/:id/tell')
  @HttpCode(200)
  @Describe({
    summary: 'ご本人への通知を記録します。',
    tag,
    who: 'incidents.report',
    params: byId,
    headers: ifMatch,
    body: incidentAnswered,
    answers: { 200: incident },
    problems: ['INCIDENT_STEP'],
  })
  tell(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(incidentAnswered)) body: IncidentAnswered,
  ): Promise<Incident> {
    return this.incidents.take(caller, id, versionOf(version), 'tell', body);
  }

  @Post('incidents/:id/close')
  @HttpCode(200)
  @Describe({
    summary: '事故の記録を閉じます。',
    tag,
    who: 'incidents.report',
    params: byId,
    headers: ifMatch,
    body: none,
    answers: { 200: incident },
    problems: ['INCIDENT_STEP'],
  })
  close(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(none)) _: z.infer<typeof none>,
  ): Promise<Incident> {
    return this.incidents.take(caller, id, versionOf(version), 'close');
  }
}
