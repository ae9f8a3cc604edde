// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  changeView,
  newView,
  savedView,
  viewList,
  viewsQuery,
  type ChangeView,
  type NewView,
  type SavedView,
  type ViewList,
  type ViewsQuery,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { SavedViews } from './saved-views.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('見方の id') });
const tag = 'つなぎ';
const who = 'caller';

const listDetails = `はじめに決まった見方(\`code\`)、次に窓口で共有している見方、最後に自分だけの見方が並びます。つなぎを見るには、\`query\` をそのまま \`GET /referrals\` に付けます。見えるつなぎは、人ごとに自分の受付簿と同じです。

「主担当なし」は、それを「やること」で知らされる人にだけ並びます。`;

@Controller(`${api}/views`)
export class SavedViewsController {
  constructor(private readonly views: SavedViews) {}

  @Get()
  @Describe({
    summary: '受付簿の見方を一覧します。',
    details: listDetails,
    tag,
    who,
    query: viewsQuery,
    answers: { 200: viewList },
    problems: ['ROLE_MISSING'],
  })
  list(@Calling() caller: Caller, @Query(zod(viewsQuery)) { counts }: ViewsQuery): Promise<ViewList> {
    return this.views.list(caller, counts === 'true');
  }

  @Post()
  @Describe({
    summary: '受付簿の見方を保存します。',
    details: '`function` を付けると、その窓口で働く人みなが使え、変えられます。職員だけが保存できます。',
    tag,
    who,
    body: newView,
    answers: { 201: savedView },
    problems: ['ROLE_MISSING', 'FUNCTION_NOT_YOURS', 'TOO_MANY_VIEWS', 'SUBMISSION_REJECTED'],
  })
  add(@Calling() caller: Caller, @Body(zod(newView)) body: NewView): Promise<SavedView> {
    return this.views.add(caller, body);
  }

  @Patch(':id')
  @Describe({
    summary: '受付簿の見方を変えます。',
    tag,
    who,
    params: byId,
    headers: ifMatch,
    body: changeView,
    answers: { 200: savedView },
    problems: ['ROLE_MISSING', 'SUBMISSION_REJECTED'],
  })
  change(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(changeView)) body: ChangeView,
  ): Promise<SavedView> {
    return this.views.change(caller, id, versionOf(version), body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({
    summary: '受付簿の見方を消します。',
    tag,
    who,
    params: byId,
    answers: { 204: null },
    problems: ['ROLE_MISSING'],
  })
  remove(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<void> {
    return this.views.remove(caller, id);
  }
}
