// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { SheetOpened, Stepped } from '@tsunagi/contracts';
import { actionFacts, possibleWrittenAnswers, type ActionFacts, type WrittenAnswer } from '@tsunagi/domain';
import { codeToUuid } from '@tsunagi/text';
import { z } from 'zod';
import { entersOnPaper } from './answers-on-paper';
import { Changes } from './changes';
import { openOnScreen } from './open-on-screen';
import { personsOf, referralsById } from './referral.record';
import { CodeMistypedError, ReferralUnknownError } from './referrals.errors';
import { Steps } from './steps.service';
import { viewpointOf } from './viewpoint';
import { Views } from './views.service';
import type { Caller } from '../access';
import { sheetOf } from '../delivery';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { lockPersons } from '../people';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, sentenceOf, type HubKeys } from '../platform';

/**
 * What stands on a sheet opens its referral. Paper and what the person carries: whoever at the receiving desk enters it has the
 * sheet; and whoever enters it at the sender's has got it back.
 */
@Injectable()
export class Sheets {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly views: Views,
    private readonly steps: Steps,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /**
   * Opens the referral of a sheet, with the form for the answer; what goes by sheets has arrived the first time. At its
   * sender's desk it opens what the recipient may have written, where nobody else could enter that. The same answer for a
   * code that nobody has and for one of another desk's sheet.
   * @throws {CodeMistypedError} @throws {ReferralUnknownError}
   */
  async open(caller: Caller, typed: string): Promise<SheetOpened> {
    const id = idOf(typed);
    const written = await this.arrive(caller, id);
    const referral = await this.views.detail(caller, id);
    const actions = written?.map(withSentence) ?? (await this.views.actions(caller, id)).actions;
    const possible = actions.filter((a) => a.possible).map(({ action }) => [action, formOf(action)] as const);
    return { referral, actions, ...(written && { onPaper: true }), forms: Object.fromEntries(possible) };
  }

  /** What the recipient has written on it, entered at its sender's desk. @throws {CodeMistypedError} @throws {ReferralUnknownError} */
  enter<A extends WrittenAnswer>(
    caller: Caller,
    typed: string,
    action: A,
    version: number,
    facts: ActionFacts<A>,
  ): Promise<Stepped> {
    return this.steps.enter(caller, idOf(typed), action, version, facts);
  }

  /** @returns what the recipient may have written, where this caller enters it: by that alone nothing has arrived. */
  private async arrive(caller: Caller, id: string): Promise<ReturnType<typeof possibleWrittenAnswers> | undefined> {
    return this.database.transaction(async (tx) => {
      const before = (await referralsById(tx, [id])).get(id);
      if (!before) throw new ReferralUnknownError();
      await lockPersons(tx, personsOf(before));
      const referral = (await referralsById(tx, [id])).get(id) ?? before;
      const sheet = await sheetOf(tx, id);
      const viewpoint = viewpointOf(caller, referral, this.directory, { bySheet: sheet === 'out' });
      const { directory } = this;
      const now = this.clock.now();
      if (viewpoint && (await entersOnPaper(caller, referral, viewpoint, { tx, directory, now })))
        return possibleWrittenAnswers(referral);
      if (!viewpoint?.recipient || sheet === 'taken_back') throw new ReferralUnknownError();
      // What goes to a screen or a system has not come by a page that somebody has printed of it.
      if (referral.state !== 'sent' || sheet === 'none') return undefined;
      const { sealing } = this.keys;
      const changes = new Changes({ sealing, directory, legal: this.config.legal }, now);
      const acting = { actor: caller.actor, function: referral.toFunction };
      await openOnScreen({ tx, changes, directory }, referral, viewpoint.actors, acting, undefined);
      await changes.save(tx);
      return undefined;
    });
  }
}

/** @throws {CodeMistypedError} */
function idOf(typed: string): string {
  const id = codeToUuid(typed);
  if (id === undefined) throw new CodeMistypedError();
  return id;
}

const withSentence = (a: ReturnType<typeof possibleWrittenAnswers>[number]) => ({
  ...a,
  ...(a.because !== undefined && { sentence: sentenceOf(a.because) }),
});

/** The fields of an answer, for whoever draws the form: what `POST /referrals/{id}/{action}` takes. */
function formOf(action: keyof typeof actionFacts): FormFields {
  const made =
    forms.get(action) ?? (z.toJSONSchema(actionFacts[action], { io: 'input', unrepresentable: 'any' }) as FormFields);
  forms.set(action, made);
  return made;
}

type FormFields = NonNullable<SheetOpened['forms'][keyof typeof actionFacts]>;
const forms = new Map<keyof typeof actionFacts, FormFields>();
