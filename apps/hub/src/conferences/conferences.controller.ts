// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  agendaView,
  callableQuery,
  callableStaff,
  conferencePage,
  conferenceQuery,
  conferenceStepped,
  conferenceView,
  newConference,
  proposedConference,
  type AgendaView,
  type CallableQuery,
  type CallableStaff,
  type ConferencePage,
  type ConferenceQuery,
  type ConferenceStepped,
  type ConferenceView,
  type NewConference,
  type ProposedConference,
} from '@tsunagi/contracts';
import { ConferenceAction, conferenceFacts, id as idSchema, type ConferenceStep } from '@tsunagi/domain';
import { z } from 'zod';
import { ConferenceSteps } from './conference-steps.service';
import { Conferences } from './conferences.service';
import { stepDescriptions } from './step-descriptions';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, InvalidInputError, versionOf, written, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('会議の id') });
// Each action is a path of its own, so the document has no use for their list.
const byIdAndAction = byId.extend({ action: z.enum(ConferenceAction.options) });
const tag = '会議';

const seenBy =
  '見えるのは、名前で呼ばれた方、議長、事務局だけです。ほかの方には、あるかどうかも分かりません(ないものと同じ 404)。';

@Controller(`${api}/conferences`)
export class ConferencesController {
  constructor(
    private readonly conferences: Conferences,
    private readonly steps: ConferenceSteps,
  ) {}

  @Post()
  @Describe({
    summary: '会議を開くよう、事務局に提案します。',
    tag,
    who: 'conferences.propose',
    details: `提案した窓口にも、呼ばれるまで会議は見えません。${seenBy}`,
    body: newConference,
    answers: { 201: proposedConference },
    problems: [
      'FUNCTION_NEEDED',
      'FUNCTION_UNKNOWN',
      'NOT_FOUND',
      'CONFERENCE_NOT_HELD_THERE',
      'CONFERENCES_APART',
      'NO_PERSONS_HERE',
      'PERSONS_NEEDED',
      'SUBMISSION_REJECTED',
    ],
  })
  propose(@Calling() caller: Caller, @Body(zod(newConference)) body: NewConference): Promise<ProposedConference> {
    return this.steps.propose(caller, body);
  }

  @Get()
  @Describe({
    summary: '自分が呼ばれた会議と、自分の窓口が開く会議を見ます。',
    tag,
    who: 'caller',
    details: seenBy,
    query: conferenceQuery,
    answers: { 200: conferencePage },
  })
  list(@Calling() caller: Caller, @Query(zod(conferenceQuery)) query: ConferenceQuery): Promise<ConferencePage> {
    return this.conferences.list(caller, query);
  }

  @Get(':id')
  @Describe({
    summary: '会議を見ます。',
    tag,
    who: 'caller',
    details: `守秘義務を確認するまで、項目も名簿も見えません。${seenBy}`,
    params: byId,
    answers: { 200: conferenceView },
    problems: ['NOT_FOUND'],
  })
  one(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<ConferenceView> {
    return this.conferences.one(caller, id);
  }

  @Get(':id/agenda')
  @Describe({
    summary: '会議の次第: 部ごとの出席者と、見てよい項目を見ます。',
    tag,
    who: 'caller',
    details:
      '同意で開く会議では、同意がすべての項目を覆わない出席者に、項目は見えません。議長と事務局には、誰に何の同意が足りないかが出ます。',
    params: byId,
    answers: { 200: agendaView },
    problems: ['NOT_FOUND', 'SECRECY_UNACKNOWLEDGED'],
  })
  agenda(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<AgendaView> {
    return this.conferences.agenda(caller, id);
  }

  @Get(':id/callable')
  @Describe({
    summary: '会議に呼べる職員を、窓口ごとに見ます。',
    tag,
    who: 'caller',
    details: '議長と事務局だけが見られます。きょうその窓口で働いている職員が、名前の順に並びます。',
    params: byId,
    query: callableQuery,
    answers: { 200: callableStaff },
    problems: ['NOT_FOUND', 'NOT_YOUR_PART'],
  })
  callable(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Query(zod(callableQuery)) { function: desk }: CallableQuery,
  ): Promise<CallableStaff> {
    return this.conferences.callable(caller, id, desk);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @Describe({
    summary: '会議を一歩進めます。本文は手続きごとに決まっています。',
    tag,
    who: 'caller',
    params: byIdAndAction,
    headers: ifMatch,
    answers: { 200: conferenceStepped },
    each: { parameter: 'action', paths: stepDescriptions },
  })
  step(
    @Calling() caller: Caller,
    @Param(zod(byIdAndAction)) { id, action }: z.infer<typeof byIdAndAction>,
    @Headers('if-match') version: string | undefined,
    @Body(written) body: unknown,
  ): Promise<ConferenceStepped> {
    return this.steps.take(caller, id, versionOf(version), stepOf(action, body ?? {}));
  }
}

function stepOf(action: ConferenceAction, body: unknown): ConferenceStep {
  const parsed = conferenceFacts[action].safeParse(body);
  if (!parsed.success) throw new InvalidInputError(parsed.error.issues, body);
  return { action, ...parsed.data } as ConferenceStep;
}
