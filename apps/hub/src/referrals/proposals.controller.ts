// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  proposal,
  proposalIdParams,
  proposalPage,
  proposalQuery,
  proposalSettled,
  settleProposal,
  type Proposal,
  type ProposalPage,
  type ProposalQuery,
  type ProposalSettled,
} from '@tsunagi/contracts';
import type { Request, Response } from 'express';
import { Proposals } from './proposals.service';
import { Caller, Calling } from '../access';
import { api, Describe, NotFoundError, tagFrom, zod, type Who } from '../platform';

const tag = 'つなぎ';
const who: Who = 'writes.approve';
const headers = {
  'If-Match': { description: '見ていた内容の版(`GET /proposals/{id}` の `version`)。', required: true },
};

/** Both ways to settle one. */
const settling = {
  tag,
  who,
  params: proposalIdParams,
  body: settleProposal,
  headers,
  answers: { 200: proposalSettled },
  problems: ['NOTHING_PROPOSED'],
} as const;

@Controller(`${api}/proposals`)
export class ProposalsController {
  constructor(private readonly proposals: Proposals) {}

  @Get()
  @Describe({
    summary: '自分の窓口の、業務システムへの書き込みの確認を待っているものの一覧',
    details:
      'プラグインの設定 `writes` が `confirmed` の窓口だけです。名前などの中身は出ません。いま届けてよいもの(同意などの根拠があるもの)だけが並びます。取消しと結果の知らせは、確認を待ちません。',
    tag,
    who,
    query: proposalQuery,
    answers: { 200: proposalPage },
  })
  list(@Calling() caller: Caller, @Query(zod(proposalQuery)) query: ProposalQuery): Promise<ProposalPage> {
    return this.proposals.list(caller, query);
  }

  @Get(':id')
  @Describe({
    summary: '書き込まれる内容と、前に書き込んだものとの項目ごとの違い',
    details:
      '宛先の窓口の職員だけが見られます。見たことは、到着の前の提供として提供の記録に残ります。業務システムに書き込まれるのと同じ項目だけが出ます。',
    tag,
    who,
    params: proposalIdParams,
    answers: { 200: proposal },
    answerHeaders: { ETag: '版。`If-Match` にそのまま使えます' },
    problems: ['NOTHING_PROPOSED'],
  })
  async show(
    @Calling() caller: Caller,
    @Param(zod(proposalIdParams)) { id }: { id: string },
    @Req() { method }: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Proposal> {
    // A head alone shows nothing to anybody, and would stand in the ledger as seen.
    if (method === 'HEAD') throw new NotFoundError();
    const shown = await this.proposals.show(caller, id);
    response.setHeader('ETag', `"${shown.version}"`);
    return shown;
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Describe({
    summary: '見た内容のとおり、業務システムに書き込ませる',
    details:
      '書き込むのはプラグインです。届けてよいかは、書き込む直前にもう一度判断します。見たあとに内容が変わっていたら 412 で断り、承認のあとに変わったら承認は無効になって、もう一度ここで待ちます。',
    ...settling,
  })
  approve(
    @Calling() caller: Caller,
    @Param(zod(proposalIdParams)) { id }: { id: string },
    @Headers('if-match') seen: string | undefined,
    @Body(zod(settleProposal)) _: object,
  ): Promise<ProposalSettled> {
    return this.proposals.approve(caller, id, tagFrom(seen));
  }

  @Post(':id/decline')
  @HttpCode(200)
  @Describe({
    summary: '業務システムに書き込ませず、ハブの画面で受ける',
    details:
      'つなぎは消えません。画面の窓口に届いたものと同じになり、`receive` で開き、`GET /referrals/{id}/sheet` で印刷し、受けられないときは理由のコードを付けて `propose-return` で返します。',
    ...settling,
  })
  decline(
    @Calling() caller: Caller,
    @Param(zod(proposalIdParams)) { id }: { id: string },
    @Headers('if-match') seen: string | undefined,
    @Body(zod(settleProposal)) _: object,
  ): Promise<ProposalSettled> {
    return this.proposals.decline(caller, id, tagFrom(seen));
  }
}
