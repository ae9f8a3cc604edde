// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Flows } from '@tsunagi/contracts';
import { useNames } from '../../texts/names';

const between = 340;
const step = 44;

/** About as wide as a name is drawn (15px): kanji and kana take the whole of it, other letters half. */
const widthOf = (name: string) => [...name].reduce((sum, letter) => sum + (letter > '\u2e80' ? 15 : 8), 0);

/** What a hidden count is drawn as: the least it can be. */
const least = (count: number | string) =>
  typeof count === 'number' ? count : Math.max(1, Number.parseInt(count.replace('<5', '1'), 10));

/** Who sends on the left, who receives on the right; a thicker line is more. The table below says the same in words. */
export function FlowPicture({ flows }: { readonly flows: Flows['sent']['flows'] }) {
  const { domainNames } = useNames();
  const margin = Math.max(130, ...flows.flatMap(({ from, to }) => [from, to]).map((d) => widthOf(domainNames[d]) + 20));
  const [left, right, width] = [margin, margin + between, 2 * margin + between];
  const senders = [...new Set(flows.map(({ from }) => from))];
  const recipients = [...new Set(flows.map(({ to }) => to))];
  const height = Math.max(senders.length, recipients.length) * step + 16;
  const most = Math.max(...flows.map(({ count }) => least(count)));
  const y = (list: readonly string[], name: string) => list.indexOf(name) * step + step / 2 + 8;
  return (
    <div className="scroll-x" aria-hidden="true">
      <svg className="flows" viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
        {flows.map(({ from, to, count }) => {
          const [a, b] = [y(senders, from), y(recipients, to)];
          return (
            <path
              key={`${from} ${to}`}
              className="flows__way"
              d={`M${left} ${a}C${width / 2} ${a} ${width / 2} ${b} ${right} ${b}`}
              strokeWidth={2 + (least(count) / most) * 14}
            />
          );
        })}
        {senders.map((name) => (
          <text key={name} x={left - 10} y={y(senders, name) + 5} textAnchor="end">
            {domainNames[name]}
          </text>
        ))}
        {recipients.map((name) => (
          <text key={name} x={right + 10} y={y(recipients, name) + 5}>
            {domainNames[name]}
          </text>
        ))}
      </svg>
    </div>
  );
}
