// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  changeDeskFunction,
  changeOrganization,
  changeRoute,
  deskFunctionFile,
  deskFunctionView,
  exportQuery,
  importAnswer,
  importRequest,
  newDeskFunction,
  newOperator,
  newOrganization,
  newRoute,
  organizationView,
  routeView,
  type ChangeDeskFunction,
  type ChangeOrganization,
  type ChangeRoute,
  type DeskFunctionFile,
  type DeskFunctionView,
  type ImportAnswer,
  type ImportRequest,
  type NewDeskFunction,
  type NewOperator,
  type NewOrganization,
  type NewRoute,
  type OrganizationView,
  type RouteView,
} from '@tsunagi/contracts';
import { id } from '@tsunagi/domain';
import type { Response } from 'express';
import { z } from 'zod';
import { FunctionImport } from './function-import.service';
import { FunctionsDesk } from './functions-desk.service';
import { OrganizationsDesk } from './organizations-desk.service';
import { RoutesDesk } from './routes-desk.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod, type Who } from '../platform';

const tag = '機関と窓口';
const who: Who = 'directory.manage';
const byId = z.strictObject({ id: id.describe('id') });
type ById = z.infer<typeof byId>;

const importDetails = `一行が一つの窓口の機能です。コード(\`code\`)が登録済みなら直し、なければ足します。ファイルにない窓口はそのまま残ります。機関や場所の名前が初めてなら、それも登録します。

誤りのある行が一つでもあれば、何も書き込まず、行ごとの \`errors\` を返します。受け持つ機関の交替は日付が要るので、ここではできません(POST /desk-functions/{id}/operators)。

CSV は書き出し(\`GET /desk-functions/export?format=csv\`)と同じ列で、\`csv\` に Base64 で入れます。`;

/** Organizations, desk functions and routes, as IT of the municipality keeps them: dated, at the version that was seen. */
@Controller(api)
export class AdministrationController {
  constructor(
    private readonly organizations: OrganizationsDesk,
    private readonly functions: FunctionsDesk,
    private readonly routes: RoutesDesk,
    private readonly files: FunctionImport,
  ) {}

  @Post('organizations')
  @Describe({
    summary: '機関を登録する',
    tag,
    who,
    body: newOrganization,
    answers: { 201: organizationView },
    problems: ['ALREADY_THERE'],
  })
  addOrganization(
    @Calling() caller: Caller,
    @Body(zod(newOrganization)) body: NewOrganization,
  ): Promise<OrganizationView> {
    return this.organizations.add(caller, body);
  }

  @Patch('organizations/:id')
  @Describe({
    summary: '機関とその窓口(場所)を直す',
    tag,
    who,
    params: byId,
    body: changeOrganization,
    headers: ifMatch,
    answers: { 200: organizationView },
    problems: ['REFERENCE_UNKNOWN', 'PERIOD_PAST'],
  })
  changeOrganization(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: ById,
    @Headers('if-match') version: string | undefined,
    @Body(zod(changeOrganization)) body: ChangeOrganization,
  ): Promise<OrganizationView> {
    return this.organizations.change(caller, params.id, versionOf(version), body);
  }

  @Get('desk-functions/export')
  @Describe({
    summary: '窓口の機能を書き出す(JSON または CSV)',
    details: '`format=csv` では BOM つき UTF-8 の CSV(text/csv)を返します。書き出したものは、そのまま取り込めます。',
    tag,
    who,
    query: exportQuery,
    answers: { 200: deskFunctionFile },
  })
  exportFunctions(
    @Query(zod(exportQuery)) { format }: z.infer<typeof exportQuery>,
    @Res({ passthrough: true }) response: Response,
  ): DeskFunctionFile | string {
    if (format !== 'csv') return { items: this.files.records() };
    response.type('text/csv; charset=utf-8');
    response.setHeader('Content-Disposition', 'attachment; filename="desk-functions.csv"');
    return this.files.csv();
  }

  @Post('desk-functions/import')
  @HttpCode(200)
  @Describe({
    summary: '窓口の機能をまとめて取り込む、取り込んだら何が変わるかを見る',
    details: importDetails,
    tag,
    who,
    body: importRequest,
    answers: { 200: importAnswer },
    problems: ['CSV_UNREADABLE', 'VERSION_CONFLICT', 'PERIOD_PAST'],
  })
  importFunctions(@Calling() caller: Caller, @Body(zod(importRequest)) body: ImportRequest): Promise<ImportAnswer> {
    return this.files.take(caller, body);
  }

  @Get('desk-functions/:id')
  @Describe({
    summary: '窓口の機能を一つ見る',
    tag,
    who: 'caller',
    params: byId,
    answers: { 200: deskFunctionView },
    answerHeaders: { ETag: '版。`If-Match` にそのまま使えます(例 "3")' },
  })
  showFunction(@Param(zod(byId)) params: ById, @Res({ passthrough: true }) response: Response): DeskFunctionView {
    const view = this.functions.show(params.id);
    response.setHeader('ETag', `"${view.version}"`);
    return view;
  }

  @Post('desk-functions')
  @Describe({
    summary: '窓口の機能を登録する',
    details: '受託者などの窓口では、職員が秘密保持を確認するまで(acknowledge-secrecy)、中身は誰にも見えません。',
    tag,
    who,
    body: newDeskFunction,
    answers: { 201: deskFunctionView },
    problems: ['ALREADY_THERE', 'REFERENCE_UNKNOWN'],
  })
  addFunction(@Calling() caller: Caller, @Body(zod(newDeskFunction)) body: NewDeskFunction): Promise<DeskFunctionView> {
    return this.functions.add(caller, body);
  }

  @Patch('desk-functions/:id')
  @Describe({
    summary: '窓口の機能を直す、最後の日を決める',
    details: '届け方(`channel`)を変えると、途中のものは新しい届け方で届け直します。',
    tag,
    who,
    params: byId,
    body: changeDeskFunction,
    headers: ifMatch,
    answers: { 200: deskFunctionView },
    problems: ['REFERENCE_UNKNOWN', 'PERIOD_PAST'],
  })
  changeFunction(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: ById,
    @Headers('if-match') version: string | undefined,
    @Body(zod(changeDeskFunction)) body: ChangeDeskFunction,
  ): Promise<DeskFunctionView> {
    return this.functions.change(caller, params.id, versionOf(version), body);
  }

  @Post('desk-functions/:id/operators')
  @HttpCode(200)
  @Describe({
    summary: '受け持つ機関を、ある日から替える(受託者の交替)',
    details: `その日の0時(日本時間)に、前の機関の職員とクライアントからは何も見えなくなり、続いているつなぎは同じ状態のまま、担当者なしで新しい機関のやることに並びます。新しい機関の職員は、秘密保持を確認してから見ます。窓口あての同意はそのまま続き、前の機関を名指しした同意は尋ね直します。

\`channel\` がなければ web(画面)です。まだ来ていない日の交替は、同じ日付でもう一度送ると置き換わります。`,
    tag,
    who,
    params: byId,
    body: newOperator,
    headers: ifMatch,
    answers: { 200: deskFunctionView },
    problems: ['REFERENCE_UNKNOWN', 'PERIOD_PAST', 'PERIOD_OVERLAPS'],
  })
  passOn(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: ById,
    @Headers('if-match') version: string | undefined,
    @Body(zod(newOperator)) body: NewOperator,
  ): Promise<DeskFunctionView> {
    return this.functions.passOn(caller, params.id, versionOf(version), body);
  }

  @Post('desk-functions/:id/acknowledge-secrecy')
  @HttpCode(204)
  @Describe({
    summary: '秘密保持を確認する(受け持つ機関の職員が、機関として)',
    tag,
    who: 'caller',
    params: byId,
    answers: { 204: null },
    problems: ['NOTHING_TO_ACKNOWLEDGE'],
  })
  acknowledgeSecrecy(@Calling() caller: Caller, @Param(zod(byId)) params: ById): Promise<void> {
    return this.functions.acknowledgeSecrecy(caller, params.id);
  }

  @Post('routes')
  @Describe({
    summary: '宛先の表に行を足す',
    tag,
    who,
    body: newRoute,
    answers: { 201: routeView },
    problems: ['REFERENCE_UNKNOWN'],
  })
  addRoute(@Calling() caller: Caller, @Body(zod(newRoute)) body: NewRoute): Promise<RouteView> {
    return this.routes.add(caller, body);
  }

  @Patch('routes/:id')
  @Describe({
    summary: '宛先の表の行を直す、最後の日を決める',
    tag,
    who,
    params: byId,
    body: changeRoute,
    headers: ifMatch,
    answers: { 200: routeView },
    problems: ['REFERENCE_UNKNOWN', 'PERIOD_PAST'],
  })
  changeRoute(
    @Calling() caller: Caller,
    @Param(zod(byId)) params: ById,
    @Headers('if-match') version: string | undefined,
    @Body(zod(changeRoute)) body: ChangeRoute,
  ): Promise<RouteView> {
    return this.routes.change(caller, params.id, versionOf(version), body);
  }
}
