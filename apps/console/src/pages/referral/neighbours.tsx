// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { QueuePage } from '@tsunagi/contracts';
import { Link, useNavigate } from 'react-router';
import { call } from '../../api/call';
import { useKey } from '../../parts/keys';
import { useTexts } from '../../texts';

/** Before and after it in the list one came from (`in` = the query of that list), and the way back there. */
export function Neighbours({ id, list }: { readonly id: string; readonly list: string | null }) {
  const { referral } = useTexts();
  const query = Object.fromEntries(new URLSearchParams(list ?? ''));
  const { data } = useQuery({
    queryKey: ['queue', 'neighbours', query],
    enabled: list !== null,
    queryFn: ({ signal }) => call<QueuePage>('/referrals', { signal, query: { ...query, limit: 200 } }),
  });
  const navigate = useNavigate();
  const ids = data?.items.map((item) => item.id) ?? [];
  const at = ids.indexOf(id);
  const to = (other: string | undefined) => other && `/referrals/${other}?in=${encodeURIComponent(list ?? '')}`;
  const [before, after] = at < 0 ? [] : [to(ids[at - 1]), to(ids[at + 1])];
  useKey('j', referral.next, () => after && void navigate(after));
  useKey('k', referral.previous, () => before && void navigate(before));
  if (list === null) return null;
  return (
    <nav className="row no-print" aria-label={referral.toList}>
      <Link to={`/queue?${list}`}>{referral.toList}</Link>
      {before && <Link to={before}>← {referral.previous}</Link>}
      {after && <Link to={after}>{referral.next} →</Link>}
    </nav>
  );
}
