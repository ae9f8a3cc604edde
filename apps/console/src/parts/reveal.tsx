// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Revealed } from '@tsunagi/contracts';
import { useEffect, useState } from 'react';
import { Banner } from './banner';
import { Button } from './button';
import { Dialog } from './dialog';
import { choicesOf, SelectField, TextArea, TextField } from './fields';
import { Failure } from './states';
import { dayText } from './time';
import { useSending } from './use-sending';
import { call } from '../api/call';
import { useLanguage, useTexts } from '../texts';
import { useNames } from '../texts/names';

export type RevealedName = Revealed['items'][number];

/** Names that are on the screen for a while, and how they come there: for a purpose that is written down. */
export function useReveal(of: 'referrals' | 'persons') {
  const [asking, setAsking] = useState<readonly string[]>();
  const [shown, setShown] = useState<Revealed>();
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(undefined), Math.max(0, Date.parse(shown.remaskAt) - Date.now()));
    return () => clearTimeout(timer);
  }, [shown]);
  return {
    ask: setAsking,
    shown,
    nameOf: (id: string): RevealedName | undefined => shown?.items.find((item) => item.id === id),
    hide: () => setShown(undefined),
    dialog: asking && (
      <Purpose
        onClose={() => setAsking(undefined)}
        onChoose={async (purpose) => {
          setShown(await call<Revealed>(`/${of}/reveal`, { body: { ids: asking, ...purpose } }));
          setAsking(undefined);
        }}
      />
    ),
  };
}

function Purpose(props: { onClose(): void; onChoose(purpose: { purpose: string; note?: string }): Promise<void> }) {
  const { persons, common } = useTexts();
  const { revealPurposeNames } = useNames();
  const [purpose, setPurpose] = useState('');
  const [note, setNote] = useState('');
  const { send, sending, error } = useSending(() =>
    props.onChoose({ purpose, ...(purpose === 'other' && note !== '' && { note }) }),
  );
  return (
    <Dialog heading={persons.reveal} onClose={props.onClose}>
      <form className="form" onSubmit={send}>
        {error !== undefined && <Failure error={error} />}
        <SelectField
          label={persons.revealWhy}
          hint={persons.revealHint}
          required
          value={purpose}
          choices={choicesOf(revealPurposeNames)}
          onChange={(e) => setPurpose(e.target.value)}
        />
        {purpose === 'other' && (
          <TextField
            label={persons.revealNote}
            hint={persons.revealNoteHint}
            value={note}
            onChange={(e) => setNote(e.target.value)}
          />
        )}
        <div className="row">
          <Button type="submit" look="solid-fill" size="md" disabled={sending}>
            {persons.reveal}
          </Button>
          <Button size="md" onClick={props.onClose}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/**
 * The name, or why there is none: neither goes into a file of the list (`data-revealed`), for the second tells of a protection. Where a second person can help, how
 * that one is asked.
 */
export function NameOf({ one, referral }: { readonly one: RevealedName; readonly referral: string }) {
  const { language } = useLanguage();
  const { persons } = useTexts();
  const [second, setSecond] = useState(false);
  if (!('identity' in one))
    return (
      <>
        <span className="dim" data-revealed="">
          {one.sentence}
        </span>
        {one.because === 'TWO_PERSONS' && (
          <Button look="text" onClick={() => setSecond(true)}>
            {persons.askSecond}
          </Button>
        )}
        {second && <AskSecond referral={referral} onClose={() => setSecond(false)} />}
      </>
    );
  const { name, kana, birthDate } = one.identity;
  return (
    <span data-revealed="">
      <strong>{name ?? persons.unnamed}</strong>
      {kana && <span className="dim"> {kana}</span>}
      {birthDate && <span className="dim"> {dayText(birthDate, language)}</span>}
    </span>
  );
}

/** For whoever is protected: a second person is asked. */
function AskSecond({ referral, onClose }: { readonly referral: string; onClose(): void }) {
  const { persons, common } = useTexts();
  const { revealPurposeNames } = useNames();
  const [purpose, setPurpose] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const { send, sending, error } = useSending(async () => {
    await call(`/referrals/${referral}/reveal-requests`, { body: { purpose, reason } });
    setAsked(true);
  });
  return (
    <Dialog heading={persons.askSecond} onClose={onClose}>
      {asked ? (
        <Banner kind="success" heading={common.done}>
          <p>{persons.asked}</p>
        </Banner>
      ) : (
        <form className="form" onSubmit={send}>
          {error !== undefined && <Failure error={error} />}
          <SelectField
            label={persons.revealWhy}
            required
            value={purpose}
            choices={choicesOf(revealPurposeNames)}
            onChange={(e) => setPurpose(e.target.value)}
          />
          <TextArea
            label={persons.askSecondReason}
            hint={persons.askSecondHint}
            required
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
          <div>
            <Button type="submit" look="solid-fill" size="md" disabled={sending}>
              {persons.askSecond}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
