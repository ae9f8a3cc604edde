// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Preview, ReferralView } from '@tsunagi/contracts';
import type { DataCategory } from '@tsunagi/contracts/words';
import { isScope, scopeOf, type Draft } from './draft';
import { call } from '../../../api/call';
import { Answered } from '../../../parts/states';
import { useTexts } from '../../../texts';
import { useNames } from '../../../texts/names';
import { itemText } from '../item-text';

type Member = NonNullable<ReferralView['members']>[number];

/** 「○○課にはこう見えます」: decided by the hub now, with what is being entered; nothing is stored. */
export function PreviewPanel({ referral, draft }: { readonly referral: ReferralView; readonly draft: Draft }) {
  const { consents } = useTexts();
  const { to } = referral;
  return (
    <aside
      className="consent-preview panel stack no-print"
      aria-label={to ? consents.preview(to.name) : consents.preview('')}
    >
      {to ? (
        <>
          <h3>{consents.preview(to.name)}</h3>
          {draft.answer === 'no' ? (
            <p>{consents.previewNo}</p>
          ) : draft.of !== 'subject' ? (
            <p>{consents.previewOther}</p>
          ) : (
            <Seen {...{ referral, draft }} />
          )}
        </>
      ) : (
        <p>{consents.previewUnknown}</p>
      )}
    </aside>
  );
}

function Seen({ referral, draft }: { readonly referral: ReferralView; readonly draft: Draft }) {
  const { consents } = useTexts();
  const { feedbackNames } = useNames();
  const scope = isScope(draft) ? scopeOf(draft) : undefined;
  const preview = useQuery({
    queryKey: ['referral', referral.id, 'preview', scope ?? null],
    queryFn: ({ signal }) =>
      call<Preview>('/disclosures/preview', {
        body: { referralId: referral.id, ...(scope && { with: scope }) },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  return (
    <Answered of={preview}>
      {({ shown, sentences, decision }) => (
        <div className="stack" aria-busy={preview.isPlaceholderData}>
          <p className="dim" role="status">
            {scope ? consents.previewWith : consents.previewNow}
          </p>
          {shown ? (
            [shown.subject, ...shown.others].map((member) => (
              <OfMember key={member.ref} seen={member} whole={referral.members?.find((m) => m.ref === member.ref)} />
            ))
          ) : (
            <p>
              <strong>{consents.nothingSeen}</strong>
            </p>
          )}
          {decision.outcome === 'permit' && (
            <p>
              {consents.comesBack}: {feedbackNames[decision.feedback]}
            </p>
          )}
          {sentences.length > 0 && (
            <div>
              <h4>{consents.why}</h4>
              <ul>
                {sentences.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
    </Answered>
  );
}

function OfMember({ seen, whole }: { readonly seen: Member; readonly whole: Member | undefined }) {
  const { consents, common } = useTexts();
  const names = useNames();
  const { categoryNames, relativeNames } = names;
  const categories = Object.keys(seen.items) as DataCategory[];
  const behind = (Object.keys(whole?.items ?? {}) as DataCategory[]).filter((c) => !categories.includes(c));
  return (
    <div className="stack" data-gap="small">
      <h4>
        {seen.relation ?? relativeNames[seen.role]} {consents.seen}
      </h4>
      <dl className="facts">
        {categories.map((category) => (
          <div key={category} className="consent-preview__item">
            <dt>{categoryNames[category]}</dt>
            <dd>{itemText(seen.items, category, common, names)}</dd>
          </div>
        ))}
      </dl>
      {seen.sealed && <p className="soon">{consents.sealedNote}</p>}
      <h4>{consents.behind}</h4>
      <p>{behind.length === 0 ? consents.nothingBehind : behind.map((c) => categoryNames[c]).join(common.comma)}</p>
    </div>
  );
}
