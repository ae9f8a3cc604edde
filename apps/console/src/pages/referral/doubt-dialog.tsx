// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { DoubtPerson, MergedHere } from '@tsunagi/contracts';
import { useState } from 'react';
import { call } from '../../api/call';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { ChoiceGroup, choicesOf } from '../../parts/fields';
import { Answered, Failure } from '../../parts/states';
import { momentText } from '../../parts/time';
import { useSending } from '../../parts/use-sending';
import { useLanguage, useTexts } from '../../texts';

const onlyThis = 'this';

/** What is here belongs to somebody else: this referral, or all that came when two records were made one. */
export function DoubtDialog(props: { readonly person: string; readonly referral: string; onClose(): void }) {
  const { referral } = useTexts();
  const { person } = props;
  const merged = useQuery({
    queryKey: ['person', person, 'merged'],
    queryFn: ({ signal }) => call<MergedHere>(`/persons/${person}/merged`, { signal }),
  });
  return (
    <Dialog heading={referral.doubt.open} onClose={props.onClose}>
      <Answered of={merged}>{({ items }) => <Form {...props} items={items} />}</Answered>
    </Dialog>
  );
}

function Form(props: {
  readonly person: string;
  readonly referral: string;
  readonly items: MergedHere['items'];
  onClose(): void;
}) {
  const { referral, common } = useTexts();
  const { language } = useLanguage();
  const words = referral.doubt;
  const { items } = props;
  const [what, setWhat] = useState(items.length > 0 ? '' : onlyThis);
  const [reason, setReason] = useState<DoubtPerson['reason']>();
  const [sent, setSent] = useState(false);
  const { send, sending, error } = useSending(async () => {
    if (what === '' || !reason) return;
    const body: DoubtPerson = {
      ...(what === onlyThis ? { referrals: [props.referral] } : { merged: what, referrals: [] }),
      identifiers: [],
      reason,
    };
    await call(`/persons/${props.person}/doubt`, { body });
    setSent(true);
  });
  if (sent) return <Banner kind="success" heading={words.sent} />;
  return (
    <form className="form" onSubmit={send}>
      <p>{words.hint}</p>
      {error !== undefined && <Failure error={error} />}
      <ChoiceGroup
        label={words.what}
        several={false}
        required
        choices={[
          ...items.map(({ id, at }) => ({ value: id, name: words.undo(momentText(at, language)) })),
          { value: onlyThis, name: words.onlyThis },
        ]}
        value={[what]}
        onChange={([chosen]) => setWhat(chosen ?? '')}
      />
      <ChoiceGroup
        label={words.reason}
        several={false}
        required
        choices={choicesOf(words.reasons)}
        value={reason ? [reason] : []}
        onChange={([chosen]) => setReason(chosen as DoubtPerson['reason'])}
      />
      <div className="row">
        <Button type="submit" look="solid-fill" size="md" disabled={sending || what === '' || !reason}>
          {words.send}
        </Button>
        <Button size="md" onClick={props.onClose}>
          {common.cancel}
        </Button>
      </div>
    </form>
  );
}
