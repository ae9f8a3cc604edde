// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { NewDisclosureRequest } from '@tsunagi/contracts';
import { useState } from 'react';
import { Banner } from './banner';
import { Button } from './button';
import { Dialog } from './dialog';
import { choicesOf, SelectField, TextField } from './fields';
import { Failure } from './states';
import { useSending } from './use-sending';
import { call } from '../api/call';
import { useTexts } from '../texts';

/** 開示請求 is taken down, at a desk or by the privacy officer; whoever takes it down answers nothing. */
export function AskDisclosures({ person }: { readonly person: string }) {
  const { privacy } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{privacy.ask.open}</Button>
      {open && <Taking person={person} onClose={() => setOpen(false)} />}
    </>
  );
}

function Taking({ person, onClose }: { readonly person: string; onClose(): void }) {
  const { privacy, common } = useTexts();
  const queries = useQueryClient();
  const [askedBy, setAskedBy] = useState('');
  const [askedOn, setAskedOn] = useState('');
  const [identity, setIdentity] = useState('');
  const [taken, setTaken] = useState(false);
  const { send, sending, error } = useSending(async () => {
    const body = { person, askedBy, askedOn, identity } as NewDisclosureRequest;
    await call('/disclosure-requests', { body });
    setTaken(true);
    for (const about of ['disclosure-requests', 'todos']) void queries.invalidateQueries({ queryKey: [about] });
  });
  return (
    <Dialog heading={privacy.ask.open} onClose={onClose}>
      {taken ? (
        <Banner kind="success" heading={privacy.ask.recorded} />
      ) : (
        <form className="form" onSubmit={send}>
          <p>{privacy.ask.hint}</p>
          {error !== undefined && <Failure error={error} />}
          <SelectField
            label={privacy.askedBy}
            choices={choicesOf(privacy.askedByNames)}
            value={askedBy}
            onChange={(e) => setAskedBy(e.target.value)}
            required
          />
          <TextField
            label={privacy.requestOn}
            type="date"
            value={askedOn}
            onChange={(e) => setAskedOn(e.target.value)}
            required
          />
          <SelectField
            label={privacy.identity}
            choices={choicesOf(privacy.identityNames)}
            value={identity}
            onChange={(e) => setIdentity(e.target.value)}
            required
          />
          <div className="row">
            <Button type="submit" look="solid-fill" size="md" disabled={sending}>
              {privacy.ask.record}
            </Button>
            <Button size="md" onClick={onClose}>
              {common.cancel}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
