// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ItemAnswer, SubmitBody, Submitted } from '@tsunagi/contracts';
import { desksFor, isDumping, type ReferralState } from '@tsunagi/domain';
import { Intake, type IntakeAnswer } from './intake.service';
import type { Sending } from './judge-submission';
import type { About } from './record-of-submission';
import {
  ConflictingContentError,
  IdempotencyKeyMissingError,
  IdempotencyKeyReusedError,
  SubmissionRejectedError,
} from './referrals.errors';
import { FunctionNeededError, type Caller } from '../access';
import { audit } from '../audit';
import { Clock, Database, dryRunTexts, idOf, sentenceOf, type Tx } from '../platform';

/** Referrals pushed over HTTP, on the same path as everything that plugins send. */
@Injectable()
export class Submissions {
  constructor(
    private readonly database: Database,
    private readonly intake: Intake,
    private readonly clock: Clock,
  ) {}

  async submit(caller: Caller, key: string | undefined, body: SubmitBody): Promise<Submitted> {
    const { sending, item } = this.prepare(caller, key, body);
    const answer = await this.intake.takeOne(sending, item);
    if (answer.outcome === 'rejected' && isDumping(body.kind, answer.codes[0]))
      await this.noteDumping(caller, item.itemId);
    return this.answered(answer, sending.functions);
  }

  /**
   * The same, with what somebody else writes beside the referral: both, or neither when it throws. A つなぎ that this very
   * request has opened before is the same one.
   *
   * @returns what that one has made
   */
  async submitWith<T>(
    caller: Caller,
    key: string,
    body: SubmitBody,
    beside: (tx: Tx, referral: string) => Promise<T>,
    about?: About,
  ): Promise<T> {
    const { sending, item } = this.prepare(caller, key, body);
    let made: T | undefined;
    const onBegun = async (tx: Tx) => {
      const [taken] = await tx.query<{ referral: string }>(
        'select referral from submission where sender = $1 and item_id = $2 and referral is not null',
        [sending.sender, item.itemId],
      );
      if (taken) made = await beside(tx, taken.referral);
    };
    const asked = { ...item, ...(about && { about }) };
    const [answer] = await this.intake.take(sending, [asked], undefined, { startsOn: undefined, onBegun });
    this.told(answer);
    return made as T;
  }

  /** Of what is refused nothing is stored; that it was 丸投げ is counted. The same key is the same request. */
  private async noteDumping(caller: Caller, key: string): Promise<void> {
    const object = idOf(`${caller.actor}/${key}`);
    await this.database.transaction((tx) =>
      audit(tx, {
        at: this.clock.now(),
        actor: caller.actor,
        function: caller.acting,
        action: 'support_request.dumped',
        objectKind: 'submission',
        object,
        details: {},
      }),
    );
  }

  async validate(caller: Caller, key: string | undefined, body: SubmitBody): Promise<Submitted> {
    const { sending, item } = this.prepare(caller, key, body);
    const answer = await this.intake.validate(sending, item);
    const told = this.told(answer);
    const sentence = told.codes.length === 0 ? dryRunTexts[told.outcome]?.says : undefined;
    return { outcome: told.outcome, codes: told.codes, sentence: sentence ?? told.sentence };
  }

  private prepare(caller: Caller, key: string | undefined, body: SubmitBody) {
    if (key === undefined || key === '' || key.length > 200) throw new IdempotencyKeyMissingError();
    const functions = desksFor(caller, 'referrals.work');
    if (functions.length > 1 && body.fromFunction === undefined && body.fromCode === undefined)
      throw new FunctionNeededError();
    const sending: Sending = {
      ...{ sender: caller.actor, channel: caller.kind === 'client' ? 'http' : 'web', functions },
      shutOutFrom: [...(caller.excluded?.persons ?? [])],
    };
    const contentHash = createHash('sha256').update(canonical(body)).digest('hex');
    return {
      sending,
      item: {
        itemId: key,
        fingerprint: contentHash,
        parsed: { ...body, source: { ...body.source, channel: sending.channel, contentHash } },
      },
    };
  }

  private async answered(answer: IntakeAnswer, functions: readonly string[]): Promise<Submitted> {
    const told = this.told(answer);
    if (told.referralId === undefined) return { outcome: told.outcome, codes: told.codes, sentence: told.sentence };
    // A repeat gets its first answer; the state of today, who still speaks for the desk it came from.
    const state = answer.state ?? (await this.stateOf(told.referralId, functions));
    return {
      id: told.referralId,
      ...(state && { state }),
      outcome: told.outcome,
      codes: told.codes,
      sentence: told.sentence,
    };
  }

  private async stateOf(referral: string, functions: readonly string[]): Promise<ReferralState | undefined> {
    const [row] = await this.database.query<{ state: ReferralState }>(
      'select told_state as state from referral where id = $1 and from_function = any($2::uuid[])',
      [referral, functions],
    );
    return row?.state;
  }

  private told(answer: ItemAnswer | undefined): ItemAnswer & { sentence: string } {
    if (answer?.codes[0] === 'IDEMPOTENCY_KEY_REUSED') throw new IdempotencyKeyReusedError();
    if (!answer || answer.outcome === 'rejected')
      throw new SubmissionRejectedError(answer?.codes[0] ?? 'INVALID', answer?.pointer);
    if (answer.outcome === 'conflict') throw new ConflictingContentError(answer.codes[0] ?? 'E-DUP-DIFF');
    return {
      ...answer,
      sentence:
        answer.outcome === 'accepted' || !answer.codes[0] ? sentenceOf(answer.outcome) : sentenceOf(answer.codes[0]),
    };
  }
}

/** The same content has the same text, whatever the order of its keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    .join(',')}}`;
}
