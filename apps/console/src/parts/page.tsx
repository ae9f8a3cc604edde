// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../texts';

/** A page: its name as title and first heading, which has the focus when one comes from another page. */
export function Page(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { common } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const { title } = props;
  useEffect(() => {
    document.title = `${title} | ${common.product}`;
  }, [title, common.product]);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.closest('nav'))
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="stack" data-gap="large">
      <header className="row">
        <div className="grow">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {props.lead && <p className="dim">{props.lead}</p>}
        </div>
        {props.actions && <div className="row no-print">{props.actions}</div>}
      </header>
      {props.children}
    </div>
  );
}

export function Section(props: {
  readonly heading: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="stack" aria-label={props.heading}>
      <div className="row">
        <h2 className="grow">{props.heading}</h2>
        {props.actions}
      </div>
      {props.children}
    </section>
  );
}

/** What belongs together, named. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: ReactNode] | undefined)[] }) {
  const said = of.filter(
    (fact) => fact !== undefined && fact[1] !== undefined && fact[1] !== null && fact[1] !== '' && fact[1] !== false,
  );
  return (
    <dl className="facts">
      {said.map((fact) => (
        <Fact key={fact![0]} name={fact![0]} value={fact![1]} />
      ))}
    </dl>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
