// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import {
  categoryNames,
  feedbackNames,
  formPartNames,
  giverNames,
  purposeNames,
  type ConsentFormView,
  type ConsentSheet,
  type NewConsentForm,
  type RetireConsentForm,
  type AuditAction,
} from '@tsunagi/contracts';
import {
  bearsGiver,
  ConsentGiver,
  isFormInForce,
  isSensitive,
  japaneseDay,
  may,
  type ConsentForm,
} from '@tsunagi/domain';
import { FormNotApprovedError } from './consents.errors';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { AlreadyThereError, Directory, PeriodPastError, type FormOnFile } from '../organizations';
import {
  ChangedMeanwhileError,
  Clock,
  Database,
  isUniqueViolation,
  newId,
  NotFoundError,
  OwnDraftError,
  type Row,
  type Tx,
} from '../platform';

interface FormState {
  readonly revision: number;
  readonly approved_on: string | null;
  readonly retired_on: string | null;
  readonly drafted_by: string | null;
}

/**
 * 同意書の様式: a desk or IT drafts one, the 個人情報保護担当 approves it, and from then on people may consent on it. A version is never
 * edited; what is wrong is retired and follows in another version.
 */
@Injectable()
export class ConsentForms {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  all(): ConsentFormView[] {
    return this.directory.forms().map((f) => this.view(f));
  }

  async draft(
    caller: Caller,
    { function: named, plainWording, keepsPaper = false, ...form }: NewConsentForm,
  ): Promise<ConsentFormView> {
    const desk = named ?? actingFor(caller);
    if (!may(caller, 'forms.draft', desk) || !this.directory.find(desk)) throw new NotFoundError();
    const id = newId();
    await this.write(caller, 'consent_form.drafted', id, (tx) => {
      tx.insert('consent_form', [
        {
          id,
          function: desk,
          version: form.version,
          title: form.title,
          profile: form.profile,
          parts: form.parts,
          wording: form.wording,
          plain_wording: plainWording ?? null,
          script: form.script ?? null,
          givers: form.givers ?? null,
          keeps_paper: keepsPaper,
          drafted_by: caller.actor,
        },
      ]);
      return tx.flush();
    });
    return this.view(this.find(id));
  }

  /** Two pairs of eyes: nobody approves the own draft. */
  async approve(caller: Caller, id: string, revision: number): Promise<ConsentFormView> {
    await this.change(caller, 'consent_form.approved', id, revision, (state) => {
      if (state.drafted_by === caller.actor) throw new OwnDraftError();
      return state.approved_on === null ? { approved_on: this.today(), approved_by: caller.actor } : {};
    });
    return this.view(this.find(id));
  }

  /** What was consented to on it stands. */
  async retire(caller: Caller, id: string, revision: number, { from }: RetireConsentForm): Promise<ConsentFormView> {
    const day = from ?? this.today();
    if (day < this.today()) throw new PeriodPastError();
    await this.change(caller, 'consent_form.retired', id, revision, ({ retired_on }) => {
      if (retired_on !== null && retired_on <= this.today()) throw new PeriodPastError();
      return { retired_on: day, retired_by: caller.actor };
    });
    return this.view(this.find(id));
  }

  /** What stands on the paper. Only an approved form in force is printed. @throws {FormNotApprovedError} */
  sheet(id: string): ConsentSheet {
    const form = this.find(id);
    if (form.approvedOn === undefined || !this.isInForce(form)) throw new FormNotApprovedError();
    const { version, title, wording, plainWording, script, profile, parts, approvedOn } = form;
    return {
      version,
      title,
      function: this.directory.outline(form.function),
      parts: parts.map((code) => ({ code, name: formPartNames[code] })),
      ...(wording !== undefined && { wording }),
      ...(plainWording !== undefined && { plainWording }),
      ...(script !== undefined && { script }),
      categories: profile.categories.map((code) => ({ code, name: categoryNames[code], sensitive: isSensitive(code) })),
      purposes: profile.purposes.map((code) => ({ code, name: purposeNames[code] })),
      feedback: { code: profile.feedback, name: feedbackNames[profile.feedback] },
      givers: ConsentGiver.options
        .filter((giver) => giver !== 'family' && bearsGiver(form, giver))
        .map((code) => ({ code, name: giverNames[code] })),
      days: profile.days,
      approvedOn,
    };
  }

  private change(
    caller: Caller,
    action: AuditAction,
    id: string,
    revision: number,
    to: (state: FormState) => Row,
  ): Promise<void> {
    return this.write(caller, action, id, async (tx) => {
      const [state] = await tx.query<FormState>(
        'select revision, approved_on, retired_on, drafted_by from consent_form where id = $1 for update',
        [id],
      );
      if (!state) throw new NotFoundError();
      if (state.revision !== revision) throw new ChangedMeanwhileError();
      const columns = Object.entries(to(state));
      if (columns.length === 0) return;
      await tx.query(
        `update consent_form set ${columns.map(([c], n) => `${c} = $${n + 2}`).join(', ')}, revision = revision + 1 where id = $1`,
        [id, ...columns.map(([, value]) => value)],
      );
    });
  }

  private async write(caller: Caller, action: AuditAction, id: string, work: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        await work(tx);
        audit(tx, {
          at: this.clock.now(),
          actor: caller.actor,
          function: caller.acting,
          action,
          objectKind: 'consent_form',
          object: id,
          details: {},
        });
      });
    } catch (error) {
      throw isUniqueViolation(error) ? new AlreadyThereError() : error;
    }
    await this.directory.refresh();
  }

  private find(id: string): FormOnFile {
    const found = this.directory.forms().find((f) => f.id === id);
    if (!found) throw new NotFoundError();
    return found;
  }

  private view(form: FormOnFile): ConsentFormView {
    return { ...form, inForce: this.isInForce(form) };
  }

  private isInForce(form: ConsentForm): boolean {
    return isFormInForce(form, this.today());
  }

  private today(): string {
    return japaneseDay(this.clock.now());
  }
}
