// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AuthorityView, CheckAuthority } from '@tsunagi/contracts';
import { useState } from 'react';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { TextField } from '../../parts/fields';
import { Failure } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Whoever answers for it has read this version of the row. */
export function CheckDialog(props: { readonly row: AuthorityView; onClose(): void; onDone(row: AuthorityView): void }) {
  const { grounds } = useTexts();
  const names = useNames();
  const queries = useQueryClient();
  const { row } = props;
  const [said, setSaid] = useState<CheckAuthority>({ checkedBy: row.checkedBy ?? '', checkedOn: '' });
  const checking = useMutation({
    mutationFn: () => call<AuthorityView>(`/authorities/${row.id}/check`, { body: said, ifMatch: row.version }),
    onSuccess: async (checked) => {
      props.onDone(checked);
      await queries.invalidateQueries({ queryKey: ['authorities'] });
    },
    onError: () => queries.invalidateQueries({ queryKey: ['authorities'] }),
  });
  const { error } = checking;
  const errorAt = (pointer: string) => (error instanceof ProblemError ? error.at(pointer) : undefined);
  return (
    <Dialog heading={grounds.checkOf(names.authorityNames[row.code])} onClose={props.onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          checking.mutate();
        }}
      >
        {error && <Failure error={error} />}
        <p>{row.statute}</p>
        <TextField
          label={grounds.checkWho}
          error={errorAt('/checkedBy')}
          value={said.checkedBy}
          onChange={(e) => setSaid({ ...said, checkedBy: e.target.value })}
          required
        />
        <TextField
          label={grounds.checkOn}
          error={errorAt('/checkedOn')}
          type="date"
          value={said.checkedOn}
          onChange={(e) => setSaid({ ...said, checkedOn: e.target.value })}
          required
        />
        <Button type="submit" look="solid-fill" size="md" disabled={checking.isPending}>
          {grounds.checkDo}
        </Button>
      </form>
    </Dialog>
  );
}
