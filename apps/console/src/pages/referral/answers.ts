// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { Actions, DecisionView, QueuePage, ReferralView, TimelineEntry } from '@tsunagi/contracts';
import { call } from '../../api/call';

export const useReferral = (id: string) =>
  useQuery({ queryKey: ['referral', id], queryFn: ({ signal }) => call<ReferralView>(`/referrals/${id}`, { signal }) });

export const useActions = (id: string) =>
  useQuery({
    queryKey: ['referral', id, 'actions'],
    queryFn: ({ signal }) => call<Actions>(`/referrals/${id}/actions`, { signal }),
  });

export const useTimeline = (id: string) =>
  useQuery({
    queryKey: ['referral', id, 'timeline'],
    queryFn: ({ signal }) => call<{ items: TimelineEntry[] }>(`/referrals/${id}/timeline`, { signal }),
  });

export const useDecisions = (id: string) =>
  useQuery({
    queryKey: ['referral', id, 'decision'],
    queryFn: ({ signal }) => call<{ items: DecisionView[] }>(`/referrals/${id}/decision`, { signal }),
  });

/** What is linked with it, as far as one's own desks took part. */
export const useJourney = (journey: string) =>
  useQuery({
    queryKey: ['queue', 'journey', journey],
    queryFn: ({ signal }) => call<QueuePage>('/referrals', { signal, query: { journey, sort: 'oldest', limit: 50 } }),
  });
