// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, HttpCode, Post, Res, StreamableFile } from '@nestjs/common';
import { exportedList, type ExportedList } from '@tsunagi/contracts';
import type { Response } from 'express';
import { z } from 'zod';
import { Exports } from './exports.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const details = `画面の一覧は、見えているとおりのものを送って CSV にします。何を見てよいかは、その一覧を見たときに決まっています。

5,000 行、60 列、本文 1 MiB までです。\`cp932\` で書けない文字は「〓」にし、その数を \`Tsunagi-Loss\` と、最後の行で知らせます。\`=\`、\`+\`、\`-\`、\`@\` で始まるセルには、式にならないように先頭に「'」を付けます。

送られたものは残りません。どの一覧の何行を書き出したかだけが、監査に残ります。機械クライアントは使えません。`;

@Controller(`${api}/exports`)
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  @Post()
  @HttpCode(200)
  @Describe({
    summary: '画面の一覧を CSV に書き出します。',
    details,
    tag: '一覧',
    who: 'caller',
    body: exportedList,
    answers: { 200: z.string() },
    produces: 'text/csv',
    problems: ['ROLE_MISSING', 'SUBMISSION_REJECTED'],
    answerHeaders: { 'Tsunagi-Loss': '「〓」にした文字の数。なければ付きません。' },
  })
  async csv(
    @Calling() caller: Caller,
    @Body(zod(exportedList, { holdsIds: true })) body: ExportedList,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { bytes, type, lost, name } = await this.exports.of(caller, body);
    if (lost > 0) response.setHeader('Tsunagi-Loss', String(lost));
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"` });
  }
}
