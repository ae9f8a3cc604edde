// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomInt } from 'node:crypto';
import type { CloudEvent, ReferralSubmission } from '@tsunagi/contracts';
import type { DataCategory } from '@tsunagi/domain';
import { pick, type Municipality, type Shown, type Word } from '@tsunagi/testing/invariants';
import type { HubInPlay, InPlay } from './hub-in-play';
import { knownToAs } from '../../src/people';
import type { Api, Who } from '../sign-in';

interface OnFile {
  readonly submission: ReferralSubmission;
  readonly referral: string;
}

/** What every name and text of a sequence holds, so that it is found wherever it comes out. */
const mark = () => `印${randomInt(1e9).toString(36)}`;
const someNumber = () => `00990010-${String(randomInt(1e10)).padStart(10, '0')}`;

/** What one sequence has in the running hub: people, records and referrals of its own. */
export class Sequence {
  readonly municipality: Municipality;
  readonly mark = mark();
  readonly numbers = [someNumber(), someNumber(), someNumber()];
  referrals: string[] = [];
  readonly persons = new Set<string>();
  readonly files: OnFile[] = [];
  readonly consents: Extract<Word, { word: 'consent' }>[] = [];
  /** What came, as it came, and what was answered to it. */
  readonly came: { readonly line: string; readonly first?: string; readonly call: () => Promise<string> }[] = [];
  /** What the person was given to carry, by referral: the subject's own items. */
  readonly sheets = new Map<string, readonly DataCategory[]>();
  /** Who was merged into whom, and was not put apart since. */
  unions: readonly { readonly kept: string; readonly merged: string }[] = [];
  /** Messages of the hosts that speak of this sequence, and which of them were taken. */
  readonly messages = new Set<CloudEvent>();
  readonly left: Shown[] = [];
  readonly taken: { readonly deliveryId: string; readonly plugin: string; readonly referral: string }[] = [];
  /** Answers that nobody's name belongs in. */
  readonly said: string[] = [];
  own: { readonly referral: string } | undefined;

  readonly onlooker: InPlay;
  /** Which of the instances of the hub is asked next. */
  at = 0;

  constructor(
    readonly play: HubInPlay,
    readonly place: number,
  ) {
    this.onlooker = pick(play.desks, place)!;
    this.municipality = play.municipality;
  }

  /** Asks the instance whose turn it is. */
  call(who: Who, ...request: Parameters<Api>): ReturnType<Api> {
    return this.play.call(this.at, who, ...request);
  }

  get now(): Date {
    return this.play.clock.now();
  }

  get others(): InPlay[] {
    return this.play.desks.filter((d) => d !== this.onlooker);
  }

  heard({ body }: { body: unknown }): void {
    if (body !== undefined) this.said.push(JSON.stringify(body));
  }

  know(id: string): void {
    if (!this.referrals.includes(id)) this.referrals = [...this.referrals, id].sort();
  }

  chosen(which: number): string | undefined {
    return pick([...this.referrals].reverse(), which);
  }

  /** By which id this function knows somebody, who may be one with somebody else by now. */
  async saidBy(desk: string, person: string): Promise<string> {
    const { under } = this.play;
    return (await knownToAs({ query: (sql, parameters) => under.rows(sql, parameters) }, [{ function: desk, person }]))(
      desk,
      person,
    );
  }

  async sides(id: string) {
    const [row] = await this.play.under.rows<{
      from: string;
      to: string | null;
      kind: string;
      version: number;
      members: { person: string }[];
    }>('select from_function as from, to_function as to, kind, members from referral where id = $1', [id]);
    const { to, members, ...rest } = row!;
    return { ...rest, to: to ?? undefined, members: members.map((m) => m.person) };
  }
}
