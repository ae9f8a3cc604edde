// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SheetOpened } from '@tsunagi/contracts';
import { codeToUuid } from '@tsunagi/text';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { Button, ButtonLink } from '../../parts/button';
import { TextField } from '../../parts/fields';
import { Facts, Page, Section } from '../../parts/page';
import { Failure, Loading } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Of a code with its check digit. */
const wholeLength = 27;

/** Paper that has come back: its code opens the referral and what can be answered. */
export default function SheetPage() {
  const { desk, frame } = useTexts();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
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
    opening.mutate(typed.trim());
  };
  const another = () => {
    setTyped('');
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
          onChange={(e) => setTyped(e.target.value)}
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
      {opening.isPending && <Loading />}
      {opening.isSuccess && <Opened key={opening.data.referral.id} of={opening.data} another={another} />}
    </Page>
  );
}

function Opened({ of, another }: { readonly of: SheetOpened; readonly another: () => void }) {
  const { desk, common } = useTexts();
  const { kindNames, stateNames, urgencyNames, actionNames } = useNames();
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
            [desk.state, stateNames[referral.state]],
            [desk.urgency, urgencyNames[referral.urgency]],
            [desk.stateSince, <Moment key="at" at={referral.stateAt} />],
            [
              desk.canDo,
              possible.length === 0 ? desk.nothingToDo : possible.map((a) => actionNames[a.action]).join(common.comma),
            ],
          ]}
        />
        <div className="row">
          <ButtonLink to={`/referrals/${referral.id}`} look="solid-fill" size="md">
            {desk.sheetAnswer}
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
