// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation } from '@tanstack/react-query';
import type { ConsentFormView } from '@tsunagi/contracts';
import { useState } from 'react';
import { today } from './wizard/draft';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { TextField } from '../../parts/fields';
import { Failure } from '../../parts/states';
import { useTexts } from '../../texts';

export function RetireDialog(props: {
  readonly form: ConsentFormView;
  onClose(): void;
  onDone(version: string): void;
}) {
  const { consents } = useTexts();
  const { form } = props;
  const [from, setFrom] = useState(today);
  const retiring = useMutation({
    mutationFn: () => call(`/consent-forms/${form.id}/retire`, { body: { from }, ifMatch: form.revision }),
    onSuccess: () => props.onDone(form.version),
  });
  const { error } = retiring;
  return (
    <Dialog heading={`${consents.retire} ${form.version}`} onClose={props.onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          retiring.mutate();
        }}
      >
        {error && <Failure error={error} />}
        <p>{consents.retireHint}</p>
        <TextField
          label={consents.retireFrom}
          error={error instanceof ProblemError ? error.at('/from') : undefined}
          type="date"
          value={from}
          onChange={(e) => setFrom(e.target.value)}
          required
        />
        <Button type="submit" look="solid-fill" size="md" disabled={retiring.isPending}>
          {consents.retire}
        </Button>
      </form>
    </Dialog>
  );
}
