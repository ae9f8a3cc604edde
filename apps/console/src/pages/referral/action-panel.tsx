// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Actions, ReferralView } from '@tsunagi/contracts';
import type { ReferralAction } from '@tsunagi/contracts/words';
import { useState } from 'react';
import { Link } from 'react-router';
import { actionForms } from './action-forms';
import { useActions } from './answers';
import { StepDialog } from './step-dialog';
import { Banner } from '../../parts/banner';
import { Button, ButtonLink } from '../../parts/button';
import { Section } from '../../parts/page';
import { Answered } from '../../parts/states';
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
      <Answered of={useActions(of.id)}>
        {({ actions, onPaper }) => (
          <>
            <Choices {...{ actions, of }} onChoose={setOpen} />
            {onPaper && <AnswerOnPaper of={of} />}
          </>
        )}
      </Answered>
      {open && open !== 'edit' && (
        <StepDialog
          heading={actionNames[open]}
          path={`/referrals/${of.id}/${open}`}
          fields={actionForms[open]}
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

/** Nobody at the recipient's enters it, and its sheet has come back. */
function AnswerOnPaper({ of }: { readonly of: ReferralView }) {
  const { referral } = useTexts();
  return (
    <>
      <p className="dim">{referral.answerOnPaperHint(of.to?.name ?? '')}</p>
      <div>
        <ButtonLink to={`/sheet?referral=${of.id}`} size="md">
          {referral.answerOnPaper}
        </ButtonLink>
      </div>
    </>
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
