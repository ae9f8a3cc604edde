// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  closeRow,
  pluginIdParams,
  releasedRow,
  waitingPage,
  waitingQuery,
  waitingRowParams,
  type CloseRow,
  type ReleasedRow,
  type WaitingPage,
  type WaitingQuery,
} from '@tsunagi/contracts';
import { QuarantineDesk } from './quarantine-desk.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod, type Who } from '../platform';

const tag = 'プラグイン';
const who: Who = 'plugins.manage';

const listDetails = `記録は元の場所にあり、ハブにあるのは場所と理由だけです。直した記録があとのファイルで届くか、人の判断で読み直して受け付けると、一覧から消えます。

\`file\` を指定すると、そのファイルの件数の突合(\`counts\`)も返します。読んだ数は、受け付けた結果ごとの数と保留の数の合計です。答えのファイルの行は、件数に入りません。`;

const releaseDetails = `行は元の場所(\`done/\` のファイル、日次の CSV、ビュー)にあります。ホストがそこからもう一度読み、結果まで待ちます(最長10秒)。読み直せる理由かどうかは一覧の \`release\` にあります。ファイルや行が変わったとき、なくなったときは、読み直しません。

結果ファイルは作り直しません。その後のことは、状態のファイルや表に書かれます。`;

type Row = { id: string; row: string };

@Controller(`${api}/plugins/:id/quarantine`)
export class QuarantineController {
  constructor(private readonly desk: QuarantineDesk) {}

  @Get()
  @Describe({
    summary: '元の場所で保留になっている行の一覧(値は出ません)',
    details: listDetails,
    tag,
    who,
    params: pluginIdParams,
    query: waitingQuery,
    answers: { 200: waitingPage },
  })
  list(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Query(zod(waitingQuery)) query: WaitingQuery,
  ): Promise<WaitingPage> {
    return this.desk.list(id, query);
  }

  @Post(':row/release')
  @HttpCode(200)
  @Describe({
    summary: '保留の行を、人の判断でもう一度読ませる',
    details: releaseDetails,
    tag,
    who,
    params: waitingRowParams,
    answers: { 200: releasedRow },
    problems: [
      'ROW_NOT_WAITING',
      'ROW_NOT_RELEASABLE',
      'ROW_GONE',
      'ROW_CHANGED',
      'PLUGIN_OFF',
      'HOST_AWAY',
      'RELEASE_UNANSWERED',
    ],
  })
  release(@Param(zod(waitingRowParams)) { id, row }: Row, @Calling() caller: Caller): Promise<ReleasedRow> {
    return this.desk.release(id, row, caller);
  }

  @Post(':row/close')
  @HttpCode(200)
  @Describe({
    summary: '保留の行を、取り込まないと決めて一覧から除く',
    tag,
    who,
    params: waitingRowParams,
    body: closeRow,
    answers: { 200: releasedRow },
    problems: ['ROW_NOT_WAITING'],
  })
  close(
    @Param(zod(waitingRowParams)) { id, row }: Row,
    @Body(zod(closeRow)) { reason }: CloseRow,
    @Calling() caller: Caller,
  ): Promise<ReleasedRow> {
    return this.desk.close(id, row, reason, caller);
  }
}
