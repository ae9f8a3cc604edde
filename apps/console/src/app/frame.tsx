// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { Link, NavLink, useLocation } from 'react-router';
import { Boundary } from './boundary';
import { routes, type RouteGroup, type RouteInMenu } from './route-table';
import { useLine } from '../api/live';
import { useSession } from '../api/session';
import { Button } from '../parts/button';
import { Loading } from '../parts/states';
import { momentText } from '../parts/time';
import { useFocusKept } from '../parts/use-focus-kept';
import { useLanguage, useTexts } from '../texts';

/** What stands around every page. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { frame, common } = useTexts();
  const main = useRef<HTMLElement>(null);
  useFocusKept(main);
  const { pathname } = useLocation();
  return (
    <div className="frame">
      <a
        className="frame__skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {frame.skip}
      </a>
      <header className="frame__header">
        <Link to="/" className="frame__name">
          <Mark />
          {common.product}
        </Link>
        <LineMark />
        <ActingFor />
        <Account />
        <LegalMark />
      </header>
      <Menu />
      <main className="frame__main" id="main" tabIndex={-1} ref={main}>
        <Boundary key={pathname}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </Boundary>
        <PrintedBy />
      </main>
    </div>
  );
}

const Mark = () => (
  <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="var(--key)" />
    <g fill="none" stroke="var(--surface)" strokeWidth="3">
      <circle cx="11" cy="16" r="5" />
      <circle cx="21" cy="16" r="5" />
    </g>
  </svg>
);

function LineMark() {
  const { frame } = useTexts();
  const line = useLine();
  return (
    <span className="line-mark" data-state={line} role="status">
      {frame.line[line]}
    </span>
  );
}

/** Whoever decides here shall know that nobody has checked what the decisions rest on (DESIGN §10). */
function LegalMark() {
  const { frame } = useTexts();
  const { caller } = useSession();
  return caller.legal === 'demo' ? <p className="frame__trial">{frame.legalDemo}</p> : null;
}

function ActingFor() {
  const { frame } = useTexts();
  const { caller, actingFor, actFor } = useSession();
  if (caller.functions.length < 2) {
    const [only] = caller.functions;
    return only ? <span>{only.name}</span> : null;
  }
  return (
    <label className="row">
      <span className="dim">{frame.actingFor}</span>
      <span className="dads-select__control">
        <select
          className="dads-select__select"
          data-size="sm"
          value={actingFor ?? ''}
          onChange={(e) => actFor(e.target.value === '' ? undefined : e.target.value)}
        >
          <option value="">{frame.allDesks}</option>
          {caller.functions.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}

function Account() {
  const { frame } = useTexts();
  const { caller, signOut } = useSession();
  return (
    <div className="row">
      <Link to="/settings">{frame.signedInAs(caller.name ?? caller.id)}</Link>
      <Button look="text" onClick={() => void signOut()}>
        {frame.signOut}
      </Button>
    </div>
  );
}

const groups: readonly RouteGroup[] = ['work', 'people', 'watch', 'machines', 'records'];

function Menu() {
  const { frame } = useTexts();
  const { roles } = useSession();
  const shown = routes.filter((r): r is RouteInMenu => r.menu !== undefined && r.roles.some((role) => roles.has(role)));
  return (
    <nav className="frame__menu" aria-label={frame.menu}>
      {groups.map((group) => {
        const pages = shown.filter((r) => r.menu === group);
        return (
          pages.length > 0 && (
            <div key={group}>
              <h2>{frame.groups[group]}</h2>
              <ul>
                {pages.map(({ path, name }) => (
                  <li key={path}>
                    <NavLink to={path} end={path === '/'}>
                      {frame.pages[name]}
                    </NavLink>
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </nav>
  );
}

/** On paper, at the foot of every sheet: by whom, and when; moments of this year stand there without it. */
function PrintedBy() {
  const { frame } = useTexts();
  const { language } = useLanguage();
  const { caller } = useSession();
  const [footless, setFootless] = useState<string>();
  const name = caller.name ?? caller.id;
  useEffect(() => {
    const foot = new CSSStyleSheet();
    const write = () => {
      const said = frame.printedBy(name, momentText(new Date().toISOString(), language, true));
      foot.replaceSync(footOf(said));
      // A browser that leaves the margins of a sheet to itself says it once, after what it prints.
      const isTaken = (foot.cssRules[0] as Partial<CSSGroupingRule> | undefined)?.cssRules?.length === 2;
      flushSync(() => setFootless(isTaken ? undefined : said));
    };
    // Also for what is printed without a word to the page.
    queueMicrotask(write);
    document.adoptedStyleSheets.push(foot);
    addEventListener('beforeprint', write);
    return () => {
      removeEventListener('beforeprint', write);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== foot);
    };
  }, [frame, name, language]);
  return footless === undefined ? null : <p className="print-only dim">{footless}</p>;
}

const footOf = (said: string) => `@page {
  margin: 12mm 12mm 18mm;
  @bottom-left { content: ${JSON.stringify(said)}; font: 8pt sans-serif; }
  @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; }
}`;
