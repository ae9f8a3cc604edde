// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { eventsQuery, type EventsQuery } from '@tsunagi/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { EventStreams } from './event-streams.service';
import { Caller, Calling, RoleMissingError, sessionTokenOf } from '../access';
import { api, Describe, noteActing, zod } from '../platform';

const details = `職員の画面のためのものです(Server-Sent Events)。プログラムは開けません。知らせに入るのは id だけで、中身は、知らせを受けてから読み直します。
- \`changed\` \`{"referrals": ["…"], "more": true, "todos": true}\` 挙げたつなぎが変わりました。\`more\` のときは、ほかにもあります。\`todos\` のときは、やることの一覧が変わりました。
- \`reload\` \`{}\` 何が変わったかは分かりません。すべて読み直してください。

知らせるのは、経過ややることの一覧に見えるようになったものだけです。つながり直すときは、ブラウザが送る \`Last-Event-ID\` から続けます。15分より前のものなら \`reload\` です。
一つのサインインで開けるのは4本までです。サインアウトしたとき、窓口の役割がなくなったときは、こちらから閉じます。`;
const stream = z.string().describe('event、id、data の行');

@Controller(`${api}/events`)
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @Get()
  @Describe({
    summary: '自分に見えるつなぎとやることが変わったことの知らせを受け続けます。',
    tag: 'つなぎ',
    who: 'caller',
    details,
    query: eventsQuery,
    headers: { 'Last-Event-ID': { description: '最後に受けた知らせの id。続きから知らせます。' } },
    answers: { 200: stream },
    produces: 'text/event-stream',
    problems: ['ROLE_MISSING', 'FUNCTION_NOT_YOURS', 'TOO_MANY_STREAMS'],
  })
  listen(
    @Calling() caller: Caller,
    @Query(zod(eventsQuery)) query: EventsQuery,
    @Headers('last-event-id') since: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const token = sessionTokenOf(request);
    if (caller.kind !== 'staff' || token === undefined) throw new RoleMissingError();
    // A browser's EventSource sets no header: the function acted for may stand in the query.
    const acting = query.function ?? caller.acting;
    noteActing(request, acting);
    return this.streams.open({ token, acting }, since, response);
  }
}
