// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { Actions, DecisionView, DeliveryTold, QueuePage, ReferralView, Timeline } from '@tsunagi/contracts';
import { call } from '../../api/call';

export const useReferral = (id: string) =>
  useQuery({ queryKey: ['referral', id], queryFn: ({ signal }) => call<ReferralView>(`/referrals/${id}`, { signal }) });

export const useActions = (id: string) =>
  useQuery({
    queryKey: ['referral', id, 'actions'],
    queryFn: ({ signal }) => call<Actions>(`/referrals/${id}/actions`, { signal }),
  });

const isOnItsWay = (state: DeliveryTold['state']) => state !== 'arrived' && state !== 'given_up';

export const useTimeline = (id: string) =>
  useQuery({
    queryKey: ['referral', id, 'timeline'],
    queryFn: ({ signal }) => call<Timeline>(`/referrals/${id}/timeline`, { signal }),
    // That something is tried once more is no step, and no hint is about it.
    refetchInterval: ({ state: { data } }) => data?.deliveries.some(({ state }) => isOnItsWay(state)) && 15_000,
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
