// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { sheetOpened, stepped, type SheetOpened, type Stepped } from '@tsunagi/contracts';
import { id as idSchema, line, writtenAnswers } from '@tsunagi/domain';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { factsOf } from './facts-of';
import { PrintedSheets } from './printed-sheets.service';
import { Sheets } from './sheets.service';
import { writtenDescriptions } from './step-descriptions';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, NotFoundError, printedPagePolicy, versionOf, written, zod } from '../platform';

const byCode = z.strictObject({ code: line(40).describe('紙に記されたコード。小文字やハイフンのままで構いません。') });
const byCodeAndAction = byCode.extend({ action: z.enum(writtenAnswers) });

const byId = z.strictObject({ id: idSchema.describe('つなぎの id') });
const sheetQuery = z.strictObject({
  format: z.enum(['html', 'pdf']).describe('html(指定がないとき)か pdf').optional(),
});

@Controller(api)
export class SheetsController {
  constructor(
    private readonly sheets: Sheets,
    private readonly printed: PrintedSheets,
  ) {}

  @Get('referrals/:id/sheet')
  @Describe({
    summary: 'つなぎを、印刷するためのつなぐシート(A4)にします。',
    details:
      '宛先に見せてよい項目だけの頁です。コードを文字と QR コードで載せ、氏名などは QR コードに入れません。送り元は、紙か本人持参で送ったあと、受け手は開いたあとに印刷できます。本人持参では、はじめの頁はご本人が読むためのものです。印刷は提供の記録に残ります。ハブの画面だけに届けるものは印刷できません。`format=pdf` は、情報政策担当が `TSUNAGI_CHROMIUM` を設定しているときだけです。',
    tag: 'つなぎ',
    who: 'caller',
    params: byId,
    query: sheetQuery,
    answers: { 200: z.string() },
    produces: 'text/html',
    problems: ['NOTHING_TO_PRINT', 'PDF_UNAVAILABLE'],
  })
  async sheet(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Query(zod(sheetQuery)) { format }: z.infer<typeof sheetQuery>,
    @Req() { method }: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | StreamableFile> {
    // A head alone shows nothing to anybody, and would stand in the ledger as printed.
    if (method === 'HEAD') throw new NotFoundError();
    if (format === 'pdf')
      return new StreamableFile(await this.printed.document(caller, id), {
        type: 'application/pdf',
        disposition: 'inline; filename="tsunagu-sheet.pdf"',
      });
    const page = await this.printed.html(caller, id);
    response.setHeader('Content-Security-Policy', printedPagePolicy);
    response.type('text/html; charset=utf-8');
    return page;
  }

  @Get('sheets/:code')
  @Describe({
    summary: '紙のコードで、そのつなぎと返事の欄を開きます。紙で届いたつなぎは、はじめて開いたときに到着になります。',
    details:
      '宛先の窓口の人が開けます。紙か本人持参で送り、宛先にハブを使う人も業務システムもないときは、送り元の窓口の人が、戻ってきた紙の返事を入力するために開けます(`onPaper`)。コードは、つなぎの id の26文字と、写し間違いに気づくための1文字です。最後の1文字はなくても、小文字やハイフンのまま、0 を O、1 を I や L と打っても読みます。写し間違いは `CODE_MISTYPED` で断ります。答えは、いまできる手続き(`actions`)を、その欄(`forms`)に書いて `POST /referrals/{id}/{action}` で返します。`onPaper` のときは `POST /sheets/{code}/{action}` です。',
    tag: 'つなぎ',
    who: 'referrals.work',
    params: byCode,
    answers: { 200: sheetOpened },
    problems: ['CODE_MISTYPED'],
  })
  open(
    @Calling() caller: Caller,
    @Param(zod(byCode)) { code }: z.infer<typeof byCode>,
    @Req() { method }: Request,
  ): Promise<SheetOpened> {
    // HEAD is answered by the same handler, and would have it arrive with nobody reading it.
    if (method === 'HEAD') throw new NotFoundError();
    return this.sheets.open(caller, code);
  }

  @Post('sheets/:code/:action')
  @HttpCode(200)
  @Describe({
    summary: '宛先が紙に書いた返事を、送り元の窓口で入力します。',
    tag: 'つなぎ',
    who: 'referrals.work',
    params: byCodeAndAction,
    headers: ifMatch,
    answers: { 200: stepped },
    each: { parameter: 'action', paths: writtenDescriptions },
  })
  enter(
    @Calling() caller: Caller,
    @Param(zod(byCodeAndAction)) { code, action }: z.infer<typeof byCodeAndAction>,
    @Headers('if-match') version: string | undefined,
    @Body(written) body: unknown,
  ): Promise<Stepped> {
    return this.sheets.enter(caller, code, action, versionOf(version), factsOf(action, body ?? {}));
  }
}
