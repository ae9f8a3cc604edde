// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SheetOpened } from '@tsunagi/contracts';
import type { ReferralAction } from '@tsunagi/contracts/words';
import { codeToUuid } from '@tsunagi/text';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../../api/call';
import { useIdInAddress } from '../../api/ids';
import { Banner } from '../../parts/banner';
import { Button, ButtonLink } from '../../parts/button';
import { TextField } from '../../parts/fields';
import { Facts, Page, Section } from '../../parts/page';
import { Answered, Failure, Loading } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import { formOnPaper } from '../referral/action-forms';
import { useActions, useReferral } from '../referral/answers';
import { StepDialog } from '../referral/step-dialog';

type Step = Exclude<ReferralAction, 'edit'>;

/** Of a code with its check digit. */
const wholeLength = 27;

/** Paper that has come back: its code opens the referral and what can be answered. `?referral=` is one whose answer its sender enters. */
export default function SheetPage() {
  const { desk, frame } = useTexts();
  const { actionNames } = useNames();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [entered, setEntered] = useState<Step>();
  const navigate = useNavigate();
  const inAddress = useIdInAddress('referral');
  /** The one whose code nobody has to type, until it is opened. */
  const [named, setNamed] = useState(inAddress);
  useEffect(() => {
    if (inAddress !== undefined) setNamed(inAddress);
  }, [inAddress]);
  /** Whoever types has another one in hand. */
  const leaveNamed = () => {
    setNamed(undefined);
    if (inAddress !== undefined) void navigate('/sheet', { replace: true });
  };
  const field = useRef<HTMLInputElement>(null);
  const signs = typed.replace(/[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ]/gu, '').length;
  const isMistyped = signs >= wholeLength && codeToUuid(typed) === undefined;
  const opening = useMutation({
    mutationFn: (code: string) => call<SheetOpened>(`/sheets/${encodeURIComponent(code)}`),
    onSuccess: ({ referral }) => {
      // It may have arrived by that.
      for (const queryKey of [['queue'], ['todos'], ['referral', referral.id]])
        void queries.invalidateQueries({ queryKey });
    },
  });
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (isMistyped || typed.trim() === '' || opening.isPending) return field.current?.focus();
    setEntered(undefined);
    opening.mutate(typed.trim());
  };
  const openNamed = (code: string) => {
    setTyped(code);
    setNamed(undefined);
    opening.mutate(code);
  };
  const another = () => {
    leaveNamed();
    setTyped('');
    setEntered(undefined);
    opening.reset();
    field.current?.focus();
  };
  return (
    <Page title={frame.pages.sheet} lead={desk.sheetLead}>
      <form className="form" onSubmit={open}>
        <TextField
          ref={field}
          label={desk.sheetCode}
          hint={desk.sheetCodeHint}
          error={isMistyped ? desk.sheetMistyped : undefined}
          value={typed}
          onChange={(e) => {
            leaveNamed();
            setTyped(e.target.value);
          }}
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
        />
        {opening.isError && <Failure error={opening.error} />}
        <div>
          <Button type="submit" look="solid-fill" size="md" disabled={opening.isPending}>
            {desk.sheetOpen}
          </Button>
        </div>
      </form>
      {named !== undefined && <CodeOf key={named} referral={named} open={openNamed} />}
      {entered && (
        <Banner kind="success" heading={desk.sheetEntered(actionNames[entered])}>
          <p>{desk.sheetEnteredHint}</p>
        </Banner>
      )}
      {opening.isPending && <Loading />}
      {opening.isSuccess && (
        <Opened key={opening.data.referral.id} of={opening.data} another={another}>
          {opening.data.onPaper && (
            <OnPaper
              of={opening.data}
              code={opening.variables}
              onEntered={(action) => {
                setEntered(action);
                opening.mutate(opening.variables);
              }}
            />
          )}
        </Opened>
      )}
    </Page>
  );
}

/**
 * The code of a referral that one comes from. Asked for here, so that it stands in no address; and opened by itself only where the
 * hub says that it is the sender who enters the answer: at the recipient's, by being opened a sheet has arrived.
 */
function CodeOf({ referral, open }: { readonly referral: string; readonly open: (code: string) => void }) {
  const { desk } = useTexts();
  const asked = useReferral(referral);
  const actions = useActions(referral);
  const code = actions.data?.onPaper && asked.data?.sheetCode;
  useEffect(() => {
    if (code) open(code);
  }, [code]);
  return (
    <Answered of={asked}>
      {() => <Answered of={actions}>{() => !code && <Banner kind="info-1" heading={desk.sheetNotNow} />}</Answered>}
    </Answered>
  );
}

function Opened(props: { readonly of: SheetOpened; readonly another: () => void; readonly children?: ReactNode }) {
  const { desk, common } = useTexts();
  const { kindNames, stateNames, urgencyNames, actionNames } = useNames();
  const { of, another, children } = props;
  const { referral } = of;
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => room.current?.focus(), []);
  const possible = of.actions.filter((a) => a.possible);
  return (
    <div ref={room} tabIndex={-1} role="group" aria-label={desk.sheetOpened} className="panel">
      <Section heading={desk.sheetOpened}>
        <Facts
          of={[
            [desk.kind, kindNames[referral.kind]],
            [desk.from, referral.from.name],
            ...(of.onPaper && referral.to ? [[desk.sheetTo, referral.to.name] as const] : []),
            [desk.state, stateNames[referral.state]],
            [desk.urgency, urgencyNames[referral.urgency]],
            [desk.stateSince, <Moment key="at" at={referral.stateAt} />],
            [
              desk.canDo,
              possible.length === 0 ? desk.nothingToDo : possible.map((a) => actionNames[a.action]).join(common.comma),
            ],
          ]}
        />
        {children}
        <div className="row">
          <ButtonLink to={`/referrals/${referral.id}`} look={of.onPaper ? 'outline' : 'solid-fill'} size="md">
            {of.onPaper ? desk.sheetReferral : desk.sheetAnswer}
          </ButtonLink>
          <a href={`/api/v1/referrals/${referral.id}/sheet`} target="_blank" rel="noreferrer">
            {desk.printSheet}
          </a>
          <Button onClick={another}>{desk.sheetAnother}</Button>
        </div>
      </Section>
    </div>
  );
}

/** What the recipient has written on it; nobody there could enter it. */
function OnPaper(props: { readonly of: SheetOpened; readonly code: string; onEntered(action: Step): void }) {
  const { desk } = useTexts();
  const { actionNames } = useNames();
  const { of, code } = props;
  const [open, setOpen] = useState<Step>();
  const possible = of.actions.flatMap(({ action, possible: can }) => (can && action !== 'edit' ? [action] : []));
  return (
    <>
      <p>
        <strong>{desk.sheetOnPaper(of.referral.to?.name ?? '')}</strong>
      </p>
      <p>{desk.sheetOnPaperHint}</p>
      <div className="row">
        {possible.map((action) => (
          <Button key={action} size="md" onClick={() => setOpen(action)}>
            {actionNames[action]}
          </Button>
        ))}
      </div>
      {open && (
        <StepDialog
          heading={actionNames[open]}
          path={`/sheets/${encodeURIComponent(code)}/${open}`}
          fields={formOnPaper(open)}
          of={of.referral}
          onClose={() => setOpen(undefined)}
          onDone={() => {
            setOpen(undefined);
            props.onEntered(open);
          }}
        />
      )}
    </>
  );
}
