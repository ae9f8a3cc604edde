// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { disclosureLines, disclosuresQuery, type DisclosureLines, type DisclosuresQuery } from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { PersonDisclosures } from './disclosures.service';
import { ledgerPage } from './ledger-page';
import { Caller, Calling } from '../access';
import { api, Clock, Describe, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('ご本人の id') });

@Controller(api)
export class DisclosuresController {
  constructor(
    private readonly disclosures: PersonDisclosures,
    private readonly clock: Clock,
  ) {}

  @Get('persons/:id/disclosures')
  @Describe({
    summary: 'この人の情報を、いつ、誰に、何を根拠に提供したかを見ます。',
    details:
      '`page=resident` はご本人に渡すもの、`page=working` は開示決定のための作業資料(個人情報保護担当だけ)です。この二つは `Accept: text/html` で印刷用の頁になります。ご本人でない方(`askedBy`)の求めには窓口は答えず、個人情報保護担当にやることが届きます(`REVIEW_NEEDED`)。',
    tag: '提供',
    who: 'ledger.read',
    params: byId,
    query: disclosuresQuery,
    answers: { 200: disclosureLines },
    problems: ['REVIEW_NEEDED', 'DANGER_RECORDED'],
  })
  async of(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Query(zod(disclosuresQuery)) query: DisclosuresQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DisclosureLines | string> {
    const { page } = query;
    if (page === 'desk') return this.disclosures.ofDesk(caller, id);
    const printed = request.accepts(['json', 'html']) === 'html';
    const answer = await this.disclosures.handedOut(caller, id, { ...query, page }, printed ? 'print' : 'read');
    response.vary('Accept');
    if (!printed) return answer;
    response.type('text/html; charset=utf-8');
    return ledgerPage(page, answer, this.clock.now());
  }
}
