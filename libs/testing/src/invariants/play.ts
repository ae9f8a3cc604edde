// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Move } from './moves';
import type { Seen, Word, World } from './seen';
import { Watch, type Broken } from './watch';

/** What came up in all sequences together: a test that met nothing has said nothing. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  count(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  /** All that begin with this word, without it. */
  all(word: string): string[] {
    return [...this.counts.keys()].flatMap((w) => (w.startsWith(`${word} `) ? w.slice(word.length + 1) : [])).sort();
  }

  toString(): string {
    return [...this.counts]
      .sort()
      .map(([what, count]) => `${what}: ${count}`)
      .join(', ');
  }
}

/** A sequence broke an invariant. Its message is the way there, without a name or a text of anybody. */
export class InvariantBroken extends Error {
  constructor(
    readonly broken: readonly Broken[],
    trail: readonly string[],
  ) {
    const found = broken.map((b) => `invariant ${b.invariant}: ${b.how}`);
    super([...found, 'after', ...trail.map((line, n) => `${String(n + 1).padStart(3)}. ${line}`)].join('\n'));
  }
}

/**
 * Makes the moves one after the other and looks at the invariants after each.
 * @throws {InvariantBroken}
 */
export async function play(world: World, moves: readonly Move[], tally = new Tally()): Promise<void> {
  const watch = new Watch(world.municipality);
  const trail: string[] = [];
  let before = await world.look();
  for (const move of moves) {
    const done = await world.make(move);
    const after = await world.look();
    trail.push(done.line);
    const broken = watch.see(before, done, after);
    if (broken.length > 0) throw new InvariantBroken(broken, trail);
    const became = done.took ? 'made' : 'refused';
    tally.add(`${became} ${move.do}`);
    if (move.do === 'conference') tally.add(`${became} ${move.do} ${move.step}`);
    for (const word of done.words ?? []) tally.add(heard(word));
    remember(tally, before, after);
    before = after;
  }
}

function heard(word: Word): string {
  switch (word.word) {
    case 'ground':
      return `word ground ${word.code}`;
    case 'ratified':
      return word.approved ? 'word approved' : 'word refused';
    case 'danger':
      return word.from === 'household' ? 'word danger household' : 'word danger person';
    case 'conference':
      return `word conference ${word.step}`;
    default:
      return `word ${word.word}`;
  }
}

function remember(tally: Tally, before: Seen, after: Seen): void {
  const known = new Set(before.events.map((e) => `${e.referral} ${e.version}`));
  for (const event of after.events.filter((e) => !known.has(`${e.referral} ${e.version}`))) {
    tally.add(`action ${event.action}`);
    tally.add(`state ${event.to}`);
  }
  for (const referral of after.referrals)
    if (referral.state !== 'draft' && !before.referrals.some((r) => r.id === referral.id && r.state !== 'draft'))
      tally.add(`kind ${referral.kind}`);
  for (const shown of after.left.slice(before.left.length)) tally.add(`left ${shown.way}`);
  for (const shown of after.shown) tally.add(`shown ${shown.way}`);
  for (const agenda of after.agendas) if (agenda.items.length > 0) tally.add('shown agenda');
  for (const { id, conference, promoted, reached, finders } of after.referrals) {
    const was = before.referrals.find((r) => r.id === id);
    if (conference !== undefined && reached && was?.reached !== true) tally.add('reached at conference');
    if (promoted !== undefined && !was) tally.add('promoted');
    if (was?.finders.some((staff) => !finders.includes(staff))) tally.add('shut out');
  }
}
