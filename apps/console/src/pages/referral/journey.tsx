// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueItem } from '@tsunagi/contracts';
import { Link } from 'react-router';
import { useJourney } from './answers';
import { Section } from '../../parts/page';
import { Lacking } from '../../parts/states';
import { StateChip } from '../../parts/state-chip';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

/** The desks of a journey as stations, each referral as the way from one to the next. Shown when there is more than one. */
export function Journey({ of }: { readonly of: QueueItem }) {
  const { referral, common } = useTexts();
  const asked = useJourney(of.journeyId);
  const items = asked.data?.items ?? [];
  // That it is asked for is not said: most have no other.
  if (!asked.data && asked.error)
    return (
      <Section heading={referral.journey}>
        <Lacking of={asked} what={common.lists.journey} />
      </Section>
    );
  if (items.length < 2) return null;
  return (
    <Section heading={referral.journey}>
      <p className="dim">{referral.journeyHint}</p>
      <Stations items={items} here={of.id} />
      <ol className="stack" data-gap="small">
        {items.map((item) => (
          <li key={item.id}>
            {item.id === of.id ? (
              <strong>{referral.here}</strong>
            ) : (
              <Link to={`/referrals/${item.id}`}>
                {referral.fromTo(item.from.name, item.to?.name ?? referral.nobodyYet)}
              </Link>
            )}{' '}
            <StateChip state={item.state} /> <span className="dim">{<Moment at={item.createdAt} />}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

const step = 190;
const middle = 36;

/** Drawn; the list below says the same in words. */
function Stations({ items, here }: { readonly items: readonly QueueItem[]; readonly here: string }) {
  const names = [...new Set(items.flatMap(({ from, to }) => [from.name, ...(to ? [to.name] : [])]))];
  const x = (name: string) => names.indexOf(name) * step + step / 2;
  const height = middle + 24 + items.length * 22;
  return (
    <div className="scroll-x" aria-hidden="true">
      <svg
        className="journey"
        viewBox={`0 0 ${names.length * step} ${height}`}
        width={names.length * step}
        height={height}
      >
        {names.map((name) => (
          <g key={name}>
            <line className="journey__track" x1={x(name)} x2={x(name)} y1={middle} y2={height} />
            <text x={x(name)} y={20} textAnchor="middle">
              {name.length > 13 ? `${name.slice(0, 12)}…` : name}
            </text>
            <circle className="journey__desk" cx={x(name)} cy={middle} r={7} />
          </g>
        ))}
        {items.map(({ id, from, to }, n) => {
          if (!to) return null;
          const y = middle + 24 + n * 22;
          const [a, b] = [x(from.name), x(to.name)];
          const towards = Math.sign(b - a) || 1;
          return (
            <g key={id} className={id === here ? 'journey__way journey__way--here' : 'journey__way'}>
              <line x1={a} x2={b - towards * 8} y1={y} y2={y} />
              <path d={`M${b} ${y}l${-towards * 9} -5v10z`} />
            </g>
          );
        })}
      </svg>
    </div>
  );
}
