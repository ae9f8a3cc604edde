// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { queueExportQuery, type QueueExportQuery } from '@tsunagi/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { QueueExport } from './queue-export.service';
import { Caller, Calling } from '../access';
import { api, Describe, NotFoundError, zod } from '../platform';

const details = `列は、つなぎの番号、状態、種類、緊急度、窓口、根拠、期限、日数、日時です。氏名などの中身は入りません。自分の受付簿に並ぶものだけです。

10,000 件までを書き出します。それより多ければ \`Tsunagi-More: true\` と、最後の行で知らせます。\`cp932\` で書けない文字は「〓」にし、その数を \`Tsunagi-Loss\` と、最後の行で知らせます。\`=\`、\`+\`、\`-\`、\`@\` で始まる文字のセルには、式にならないように先頭に「'」を付けます。

書き出したことと件数、条件は、監査に残ります。`;

@Controller(`${api}/referrals/export`)
export class QueueExportController {
  constructor(private readonly exports: QueueExport) {}

  @Get()
  @Describe({
    summary: '自分の受付簿を CSV に書き出します。',
    details,
    tag: 'つなぎ',
    who: 'caller',
    query: queueExportQuery,
    answers: { 200: z.string() },
    produces: 'text/csv',
    answerHeaders: {
      'Tsunagi-Loss': '「〓」にした文字の数。なければ付きません。',
      'Tsunagi-More': '書き出せなかった続きがあるときだけ true',
    },
  })
  async csv(
    @Calling() caller: Caller,
    @Query(zod(queueExportQuery)) query: QueueExportQuery,
    @Req() { method }: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    // A head alone takes nothing away, and would stand in the audit as exported.
    if (method === 'HEAD') throw new NotFoundError();
    const { bytes, type, more, lost } = await this.exports.of(caller, query);
    if (more) response.setHeader('Tsunagi-More', 'true');
    if (lost > 0) response.setHeader('Tsunagi-Loss', String(lost));
    return new StreamableFile(bytes, {
      type,
      disposition: 'attachment; filename="tsunagi-referrals.csv"',
    });
  }
}
