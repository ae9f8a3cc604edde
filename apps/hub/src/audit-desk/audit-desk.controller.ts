// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Inject, Query } from '@nestjs/common';
import {
  auditCheckpointQuery,
  auditCheckpoints,
  auditKeySet,
  auditPage,
  auditQuery,
  type AuditCheckpointQuery,
  type AuditCheckpoints,
  type AuditKeySet,
  type AuditPage,
  type AuditQuery,
} from '@tsunagi/contracts';
import { AuditDesk } from './audit-desk.service';
import { Caller, Calling } from '../access';
import { keySetOf } from '../audit';
import { api, Describe, HUB_KEYS, zod, type HubKeys } from '../platform';

const tag = '監査';
const who = 'audit.read';

@Controller()
export class AuditDeskController {
  constructor(
    private readonly desk: AuditDesk,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  @Get(`${api}/audit`)
  @Describe({
    summary: 'だれが、いつ、何に、何をしたかを、新しいものから見ます。',
    details:
      'id と符号だけで、ご本人の氏名や文章は入りません。だれが、の名前は、記録ではなく、いまの登録から添えます。通報・通告、会議によるもの、送り手を出ていないものの行は出ません。読んだことも、一行として残ります。',
    tag,
    who,
    query: auditQuery,
    answers: { 200: auditPage },
  })
  lines(@Calling() caller: Caller, @Query(zod(auditQuery)) query: AuditQuery): Promise<AuditPage> {
    return this.desk.lines(caller, query);
  }

  @Get(`${api}/audit/checkpoints`)
  @Describe({
    summary: '監査の記録の鎖がどこまでつながっているかと、その署名を見ます。',
    details:
      '記録は一秒ほどで鎖につながり、一分ごとに Ed25519 で署名され、データベースの外にも残ります。`tsunagi audit verify` が計算し直します。',
    tag,
    who,
    query: auditCheckpointQuery,
    answers: { 200: auditCheckpoints },
  })
  checkpoints(@Query(zod(auditCheckpointQuery)) query: AuditCheckpointQuery): Promise<AuditCheckpoints> {
    return this.desk.checkpoints(query);
  }

  @Get('.well-known/audit-keys.json')
  @Describe({ summary: '監査の記録の署名を確かめる公開鍵', tag, who: 'anyone', answers: { 200: auditKeySet } })
  audited(): AuditKeySet {
    return keySetOf(this.keys.audit);
  }
}
