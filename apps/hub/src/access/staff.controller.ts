// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  changePeriod,
  changeStaff,
  clientList,
  clientQuery,
  clientSecret,
  clientView,
  deputyList,
  deputyView,
  endDeputy,
  listQuery,
  membershipList,
  membershipQuery,
  membershipView,
  newClient,
  newDeputy,
  newMembership,
  newStaff,
  staffList,
  staffMade,
  staffView,
  type ChangePeriod,
  type ChangeStaff,
  type ClientQuery,
  type ClientSecret,
  type ClientView,
  type DeputyView,
  type EndDeputy,
  type ListQuery,
  type MembershipQuery,
  type MembershipView,
  type NewClient,
  type NewDeputy,
  type NewMembership,
  type NewStaff,
  type Page,
  type StaffMade,
  type StaffView,
} from '@tsunagi/contracts';
import { code, id } from '@tsunagi/domain';
import { z } from 'zod';
import { Caller, Calling } from './caller';
import { ClientDesk } from './client-desk.service';
import { StaffDesk } from './staff-desk.service';
import { api, Describe, ifMatch, versionOf, zod, type Who } from '../platform';

const tag = '職員とクライアント';
const who: Who = 'accounts.manage';
const byId = z.strictObject({ id: id.describe('id') });
type ById = z.infer<typeof byId>;
const byClient = z.strictObject({ id: code(60).describe('クライアントの id') });
type ByClient = z.infer<typeof byClient>;
const once = 'はじめのパスワードや secret は、この答えでだけ見せます。ハブも読み返せません。';

/** Who may work with the hub, as IT of the municipality keeps it. */
@Controller(api)
export class StaffController {
  constructor(
    private readonly staff: StaffDesk,
    private readonly clients: ClientDesk,
  ) {}

  @Get('staff')
  @Describe({ summary: '職員の一覧', tag, who, query: listQuery, answers: { 200: staffList } })
  list(@Query(zod(listQuery)) query: ListQuery): Promise<Page<StaffView>> {
    return this.staff.list(query);
  }

  @Post('staff')
  @Describe({
    summary: '職員を登録する',
    details: `${once}本人は、はじめにサインインしたときに自分のパスワードに変えます。`,
    tag,
    who,
    body: newStaff,
    answers: { 201: staffMade },
    problems: ['ALREADY_THERE', 'REFERENCE_UNKNOWN', 'OTHER_EMPLOYER', 'PERIOD_OVERLAPS'],
  })
  add(@Calling() caller: Caller, @Body(zod(newStaff)) body: NewStaff): Promise<StaffMade> {
    return this.staff.add(caller, body);
  }

  @Patch('staff/:id')
  @Describe({
    summary: '職員の氏名を直す、止める、また使えるようにする',
    tag,
    who,
    params: byId,
    body: changeStaff,
    headers: ifMatch,
    answers: { 200: staffView },
  })
  change(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: ById,
    @Headers('if-match') version: string | undefined,
    @Body(zod(changeStaff)) body: ChangeStaff,
  ): Promise<StaffView> {
    return this.staff.change(caller, params.id, versionOf(version), body);
  }

  @Post('staff/:id/password')
  @HttpCode(200)
  @Describe({
    summary: 'はじめのパスワードを作り直す',
    details: `${once}これまでのパスワードとサインインは、すぐに終わります。`,
    tag,
    who,
    params: byId,
    headers: ifMatch,
    answers: { 200: staffMade },
  })
  resetPassword(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: ById,
    @Headers('if-match') version: string | undefined,
  ): Promise<StaffMade> {
    return this.staff.resetPassword(caller, params.id, versionOf(version));
  }

  @Get('memberships')
  @Describe({ summary: '所属の一覧', tag, who, query: membershipQuery, answers: { 200: membershipList } })
  memberships(@Query(zod(membershipQuery)) query: MembershipQuery): Promise<Page<MembershipView>> {
    return this.staff.memberships(query);
  }

  @Post('memberships')
  @Describe({
    summary: '職員を窓口(または全体)の役割につける',
    details: '職員の機関がその窓口を受け持つ間だけ効きます。受け持ちが替わると、その日の0時に効かなくなります。',
    tag,
    who,
    body: newMembership,
    answers: { 201: membershipView },
    problems: ['REFERENCE_UNKNOWN', 'OTHER_EMPLOYER', 'OWN_ACCOUNT', 'PERIOD_OVERLAPS', 'PERIOD_PAST'],
  })
  join(@Calling() caller: Caller, @Body(zod(newMembership)) body: NewMembership): Promise<MembershipView> {
    return this.staff.join(caller, body);
  }

  @Patch('memberships/:id')
  @Describe({
    summary: '所属の最後の日を決める、延ばす',
    tag,
    who,
    params: byId,
    body: changePeriod,
    headers: ifMatch,
    answers: { 200: membershipView },
    problems: ['OWN_ACCOUNT', 'PERIOD_OVERLAPS', 'PERIOD_PAST'],
  })
  changeMembership(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: ById,
    @Headers('if-match') version: string | undefined,
    @Body(zod(changePeriod)) body: ChangePeriod,
  ): Promise<MembershipView> {
    return this.staff.changeMembership(caller, params.id, versionOf(version), body);
  }

  @Get('stand-ins')
  @Describe({ summary: '代理の一覧', tag, who, query: listQuery, answers: { 200: deputyList } })
  deputies(@Query(zod(listQuery)) query: ListQuery): Promise<Page<DeputyView>> {
    return this.staff.deputies(query);
  }

  @Post('stand-ins')
  @Describe({
    summary: '代理を決める(期間のあいだ、代理される職員の所属のすべてで働く)',
    tag,
    who,
    body: newDeputy,
    answers: { 201: deputyView },
    problems: ['REFERENCE_UNKNOWN', 'OTHER_EMPLOYER', 'OWN_ACCOUNT', 'PERIOD_PAST'],
  })
  standIn(@Calling() caller: Caller, @Body(zod(newDeputy)) body: NewDeputy): Promise<DeputyView> {
    return this.staff.standIn(caller, body);
  }

  @Patch('stand-ins/:id')
  @Describe({
    summary: '代理の最後の日を変える',
    tag,
    who,
    params: byId,
    body: endDeputy,
    headers: ifMatch,
    answers: { 200: deputyView },
    problems: ['OWN_ACCOUNT', 'PERIOD_PAST'],
  })
  endDeputy(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: ById,
    @Headers('if-match') version: string | undefined,
    @Body(zod(endDeputy)) body: EndDeputy,
  ): Promise<DeputyView> {
    return this.staff.endDeputy(caller, params.id, versionOf(version), body);
  }

  @Get('clients')
  @Describe({ summary: '機械クライアントの一覧', tag, who, query: clientQuery, answers: { 200: clientList } })
  clientList(@Query(zod(clientQuery)) query: ClientQuery): Promise<{ items: ClientView[]; next?: string }> {
    return this.clients.list(query);
  }

  @Post('clients')
  @Describe({
    summary: '機械クライアントを登録する',
    details: once,
    tag,
    who,
    body: newClient,
    answers: { 201: clientSecret },
    problems: ['ALREADY_THERE', 'REFERENCE_UNKNOWN', 'OTHER_EMPLOYER'],
  })
  addClient(@Calling() caller: Caller, @Body(zod(newClient)) body: NewClient): Promise<ClientSecret> {
    return this.clients.add(caller, body);
  }

  @Post('clients/:id/rotate')
  @HttpCode(200)
  @Describe({
    summary: 'クライアントの secret を作り直す',
    details: once,
    tag,
    who,
    params: byClient,
    headers: ifMatch,
    answers: { 200: clientSecret },
  })
  rotate(
    @Calling() caller: Caller,
    @Param(zod(byClient)) params: ByClient,
    @Headers('if-match') version: string | undefined,
  ): Promise<ClientSecret> {
    return this.clients.rotate(caller, params.id, versionOf(version));
  }

  @Post('clients/:id/revoke')
  @HttpCode(200)
  @Describe({
    summary: 'クライアントを止める(元に戻せません)',
    tag,
    who,
    params: byClient,
    headers: ifMatch,
    answers: { 200: clientView },
  })
  revoke(
    @Calling() caller: Caller,
    @Param(zod(byClient)) params: ByClient,
    @Headers('if-match') version: string | undefined,
  ): Promise<ClientView> {
    return this.clients.revoke(caller, params.id, versionOf(version));
  }
}
