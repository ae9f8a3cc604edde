// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { Actions, ReferralView, Stepped, TimelineEntry } from '@tsunagi/contracts';
import type { ReferralAction } from '@tsunagi/contracts/words';
import { useState } from 'react';
import { Link } from 'react-router';
import { ActionFields } from './action-fields';
import { actionForms, bodyOf, type Typed } from './action-forms';
import { useActions } from './answers';
import { useStepNames } from './timeline';
import { call } from '../../api/call';
import { codeOf, ProblemError } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button, ButtonLink } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { Section } from '../../parts/page';
import { Answered, Failure } from '../../parts/states';
import { useSending } from '../../parts/use-sending';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Steps that most often come next, first of those that are possible. */
const usual: readonly ReferralAction[] = [
  'accept',
  'answer',
  'agree-return',
  'send',
  'start',
  'complete',
  'close',
  'receive',
];

/** What this person may do now, and why not the rest. */
export function ActionPanel({ of }: { readonly of: ReferralView }) {
  const { referral } = useTexts();
  const { actionNames } = useNames();
  const [open, setOpen] = useState<ReferralAction>();
  const [done, setDone] = useState<{ action: ReferralAction; next?: string | undefined }>();
  return (
    <Section heading={referral.actions}>
      {done && (
        <Banner kind="success" heading={referral.went(actionNames[done.action])}>
          {done.next && <Link to={`/referrals/${done.next}`}>{referral.wentOn}</Link>}
        </Banner>
      )}
      <Answered of={useActions(of.id)}>{({ actions }) => <Choices {...{ actions, of }} onChoose={setOpen} />}</Answered>
      {open && open !== 'edit' && (
        <Step
          action={open}
          of={of}
          onClose={() => setOpen(undefined)}
          onDone={({ next }) => {
            setDone({ action: open, next });
            setOpen(undefined);
          }}
        />
      )}
    </Section>
  );
}

function Choices(props: {
  readonly actions: Actions['actions'];
  readonly of: ReferralView;
  onChoose(action: ReferralAction): void;
}) {
  const { referral } = useTexts();
  const names = useNames();
  const rank = (action: ReferralAction) => (usual.includes(action) ? usual.indexOf(action) : usual.length);
  const possible = props.actions.filter((a) => a.possible).sort((a, b) => rank(a.action) - rank(b.action));
  const others = props.actions.filter((a) => !a.possible);
  return (
    <>
      {possible.length === 0 && <p className="dim">{referral.noActions}</p>}
      <div className="row">
        {possible.map(({ action }, n) =>
          action === 'edit' ? (
            <ButtonLink key={action} to={`/new?edit=${props.of.id}`}>
              {names.actionNames[action]}
            </ButtonLink>
          ) : (
            <Button
              key={action}
              size="md"
              look={n === 0 && usual.includes(action) ? 'solid-fill' : 'outline'}
              onClick={() => props.onChoose(action)}
            >
              {names.actionNames[action]}
            </Button>
          ),
        )}
      </div>
      {others.length > 0 && (
        <details>
          <summary>{referral.notNow}</summary>
          <dl className="facts">
            {others.map(({ action, sentence }) => (
              <div key={action} className="contents">
                <dt>{names.actionNames[action]}</dt>
                <dd>{sentence}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

/** One step, in a dialog. Whoever comes second reads what the first one did, and keeps what was written. */
function Step(props: {
  readonly action: Exclude<ReferralAction, 'edit'>;
  readonly of: ReferralView;
  onClose(): void;
  onDone(stepped: Stepped): void;
}) {
  const { referral, common } = useTexts();
  const { actionNames: names, stateNames } = useNames();
  const stepNames = useStepNames();
  const queries = useQueryClient();
  const { action, of } = props;
  const fields = actionForms[action];
  const [typed, setTyped] = useState<Typed>({});
  const [raced, setRaced] = useState<TimelineEntry>();
  const [version, setVersion] = useState(of.version);
  const { send, sending, error } = useSending(async () => {
    try {
      const stepped = await call<Stepped>(`/referrals/${of.id}/${action}`, {
        body: bodyOf(fields, typed, of),
        ifMatch: version,
      });
      await queries.invalidateQueries({ queryKey: ['referral', of.id] });
      void queries.invalidateQueries({ queryKey: ['queue'] });
      void queries.invalidateQueries({ queryKey: ['todos'] });
      props.onDone(stepped);
    } catch (failed) {
      if (codeOf(failed) !== 'VERSION_CONFLICT') throw failed;
      const [{ version: now }, { items }] = await Promise.all([
        call<Actions>(`/referrals/${of.id}/actions`),
        call<{ items: TimelineEntry[] }>(`/referrals/${of.id}/timeline`),
      ]);
      setVersion(now);
      setRaced(items.at(-1));
      await queries.invalidateQueries({ queryKey: ['referral', of.id] });
    }
  });
  const problem = error instanceof ProblemError ? error : undefined;
  return (
    <Dialog heading={names[action]} onClose={props.onClose}>
      <form className="form" onSubmit={send}>
        {raced && (
          <Banner kind="warning" heading={referral.raced}>
            <p>{referral.racedHint(stepNames[raced.action] ?? raced.action, stateNames[raced.to])}</p>
          </Banner>
        )}
        {error !== undefined && <Failure error={error} />}
        <ActionFields
          {...{ fields, typed, of, problem }}
          onType={(at, entry) => setTyped((before) => ({ ...before, [at]: entry }))}
        />
        <div className="row">
          <Button type="submit" look="solid-fill" size="md" aria-disabled={sending || undefined}>
            {names[action]}
          </Button>
          <Button size="md" onClick={props.onClose}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
