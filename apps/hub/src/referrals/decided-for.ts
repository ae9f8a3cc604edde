// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** SQL: something went out between these desks on decision `d`, so that its recipient knows of it. */
export const wentOnIt = (d: string, desk: string) =>
  `exists (select 1 from disclosure l where l.referral = ${d}.referral and l.decision = ${d}.id and ${desk} in (l.recipient_function, l.sender_function)
     and (l.go_at is not null or l.state = 'written'))`;

/** SQL: decision `d` was made when nothing happened that its sender is not told: what was decided on opening it tells that it has arrived. */
export const toldOfIt = (d: string) =>
  `not exists (select 1 from referral_event e where e.referral = ${d}.referral and e.at = ${d}.decided_at and not e.told)`;
