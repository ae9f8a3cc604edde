// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { DangerRecorded, NewDanger } from '@tsunagi/contracts';
import { useState } from 'react';
import { call } from '../../api/call';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { ChoiceGroup, SelectField, type Choice } from '../../parts/fields';
import { Failure } from '../../parts/states';
import { useSending } from '../../parts/use-sending';
import { useTexts } from '../../texts';

const household = 'household';

/** Who must learn nothing of whom, of those who are in the referral; and who is with the person. */
export function DangerDialog(props: { readonly persons: readonly Choice[]; onClose(): void }) {
  const { referral, common } = useTexts();
  const queries = useQueryClient();
  const [whom, setWhom] = useState('');
  const [from, setFrom] = useState('');
  const [along, setAlong] = useState<readonly string[]>([]);
  const [recorded, setRecorded] = useState<DangerRecorded>();
  const others = props.persons.filter(({ value }) => value !== whom);
  const rest = others.filter(({ value }) => value !== from);
  const withWhom = along.filter((one) => rest.some(({ value }) => value === one));
  const { send, sending, error } = useSending(async () => {
    const body: NewDanger = {
      from: from === household ? household : { person: from },
      ...(withWhom.length > 0 && { with: withWhom }),
    };
    setRecorded(await call<DangerRecorded>(`/persons/${whom}/danger`, { body }));
    for (const about of ['queue', 'referral', 'todos', 'person']) void queries.invalidateQueries({ queryKey: [about] });
  });
  return (
    <Dialog heading={referral.danger.open} onClose={props.onClose}>
      {recorded ? (
        <Banner kind="success" heading={referral.danger.recorded}>
          {recorded.unit && <p>{referral.danger.ownUnit}</p>}
        </Banner>
      ) : (
        <form className="form" onSubmit={send}>
          <p>{referral.danger.hint}</p>
          {error !== undefined && <Failure error={error} />}
          <SelectField
            label={referral.danger.whom}
            choices={props.persons}
            value={whom}
            onChange={(e) => setWhom(e.target.value)}
            required
          />
          <SelectField
            label={referral.danger.from}
            choices={[...others, { value: household, name: referral.danger.household }]}
            value={from === whom ? '' : from}
            onChange={(e) => setFrom(e.target.value)}
            required
          />
          {rest.length > 0 && (
            <ChoiceGroup label={referral.danger.along} several choices={rest} value={withWhom} onChange={setAlong} />
          )}
          <div className="row">
            <Button type="submit" look="solid-fill" size="md" disabled={sending}>
              {referral.danger.record}
            </Button>
            <Button size="md" onClick={props.onClose}>
              {common.cancel}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
