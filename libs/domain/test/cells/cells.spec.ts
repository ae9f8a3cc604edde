// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type * as transitionsModule from '../../src/referral/referral.transitions';
import type * as domain from '../../src';
import { ReferralAction, ReferralKind, ReferralState, transitions } from '../../src';
import {
  actions,
  allCells,
  askedActions,
  expandHistory,
  expandNotYet,
  expandRules,
  kinds,
  nameOf,
  read,
  states,
} from './expand';
import { judge, judgeWith, type Law } from './judge';

const rules = expandRules(read('rules.csv'));
const histories = expandHistory(read('history.csv'));
const notYet = expandNotYet(read('not-yet.csv'));

/** The cells in which the code says something else than DOMAIN.md, by name. */
function differences(law?: Law, cells = allCells): ReadonlyMap<string, { said: string; difference: string }> {
  const found = new Map<string, { said: string; difference: string }>();
  const compare = (name: string, expected: string | undefined, said: string) => {
    if (said !== expected)
      found.set(name, { said, difference: `${name}: ${expected} by DOMAIN.md, ${said} by the code` });
  };
  for (const cell of cells) compare(nameOf(cell), rules.get(nameOf(cell)), judge(cell, law));
  for (const { history, cell, expected } of histories)
    compare(`${history}: ${nameOf(cell)}`, expected, judgeWith(history, cell, law));
  return found;
}

/** What differs and is not listed, or differs otherwise than listed: a refusal that is not yet the right one stays one. */
function unlisted(differ: ReturnType<typeof differences>): readonly string[] {
  return [...differ]
    .filter(([name, { said }]) => notYet.get(name) !== said.split(':')[0])
    .map(([, { difference }]) => difference);
}

/** A changed word may change thousands of cells: the first ones say enough. */
function shown(all: readonly string[]): readonly string[] {
  return all.length > 40 ? [...all.slice(0, 40), `and ${all.length - 40} more`] : all;
}

describe('every cell of a referral’s life (kind × state × action × role)', () => {
  const differ = differences();

  it('comes out as DOMAIN.md says, but for what is listed as not yet built', () => {
    expect(shown(unlisted(differ))).toEqual([]);
  });

  it('leaves the list of what is not yet built as soon as it comes out right', () => {
    expect(shown([...notYet.keys()].filter((name) => !differ.has(name)))).toEqual([]);
  });

  it('is judged in every kind and state and for every action that the domain knows', () => {
    expect([...kinds].sort()).toEqual([...ReferralKind.options].sort());
    expect([...states].sort()).toEqual([...ReferralState.options].sort());
    expect([...askedActions].sort()).toEqual([...ReferralAction.options].sort());
    expect([...actions].sort()).toEqual([...new Set(transitions.map(({ action }) => action))].sort());
  });
});

describe('a table that somebody spoiled', () => {
  /** A second copy of the domain, whose table of transitions is changed before it is asked. */
  function spoiled(change: (table: { action: string; from: string[]; to: string; by: string[] }[]) => void): Law {
    let law: Law | undefined;
    jest.isolateModules(() => {
      const { transitions } = jest.requireActual<typeof transitionsModule>('../../src/referral/referral.transitions');
      change(transitions as never);
      law = jest.requireActual<typeof domain>('../../src');
    });
    return law!;
  }
  /** What is new in it; one kind is enough to see it. */
  const news = (law: Law) =>
    unlisted(
      differences(
        law,
        allCells.filter(({ kind }) => kind === 'referral'),
      ),
    );

  it('is found out when an arrow is given to another actor', () => {
    const found = news(
      spoiled((table) => {
        table.find(({ action }) => action === 'start')!.by = ['sender'];
      }),
    );
    expect(found).toContain(
      'referral × accepted × start × sender_caseworker: refused:NOT_YOUR_STEP by DOMAIN.md, allowed:in_progress by the code',
    );
    expect(found).toContain(
      'referral × accepted × start × recipient_caseworker: allowed:in_progress by DOMAIN.md, refused:NOT_YOUR_STEP by the code',
    );
    expect(found.every((difference) => difference.includes(' × accepted × start × '))).toBe(true);
  });

  it('is found out when an arrow leads elsewhere, is missing, or leaves one state more', () => {
    const elsewhere = spoiled((table) => {
      table.find(({ action }) => action === 'complete')!.to = 'closed';
    });
    expect(news(elsewhere)).toContain(
      'referral × in_progress × complete × recipient_caseworker: allowed:completed by DOMAIN.md, allowed:closed by the code',
    );
    const missing = spoiled((table) => {
      table.splice(
        table.findIndex(({ action }) => action === 'send-back'),
        1,
      );
    });
    expect(news(missing)).toContain(
      'referral × completed × send-back × sender_caseworker: allowed:in_progress by DOMAIN.md, refused:STATE_NOT_THERE by the code',
    );
    const oneMore = spoiled((table) => {
      table.find(({ action }) => action === 'withdraw')!.from.push('completed');
    });
    expect(news(oneMore)).toContain(
      'referral × completed × withdraw × sender_caseworker: refused:STATE_NOT_THERE by DOMAIN.md, allowed:withdrawn by the code',
    );
  });

  it('is found out when somebody may do more than they see', () => {
    const law = spoiled((table) => {
      table.find(({ action }) => action === 'mark-error')!.by.push('lead');
    });
    expect(news(law)).toEqual(
      ['follow_up', 'closed'].map(
        (state) =>
          `referral × ${state} × mark-error × lead: refused:NOT_YOUR_STEP by DOMAIN.md, allowed:entered_in_error by the code`,
      ),
    );
  });

  it('is found out when a guard about the past is left out', () => {
    const law = spoiled((table) => {
      const arrow = table.find(({ action }) => action === 'agree-return') as unknown as { guards: string[] };
      arrow.guards = arrow.guards.filter((guard) => guard !== 'first_return_of_journey');
    });
    expect(news(law)).toContain(
      'second_return: referral × return_proposed × agree-return × sender_caseworker: refused:SECOND_RETURN by DOMAIN.md, allowed:returned by the code',
    );
  });
});

describe('expanding the rules', () => {
  const header = 'kind,state,action,role,outcome,domain\n';
  const everything = '*,*,*,*,refused,the table\n';

  it('imports nothing of the domain', () => {
    const imported = [...read('expand.ts').matchAll(/(?:from|import|require\()\s*'([^']+)'/g)].map(([, name]) => name);
    expect(imported).toEqual(['node:fs', 'node:path']);
  });

  it('lets the last line that matches decide, and says whose step it is otherwise', () => {
    const cells = expandRules(`${header}${everything}*,sent,receive,recipient_*,allowed:received,a row\n`);
    expect(cells.get('referral × sent × receive × recipient_machine')).toBe('allowed:received');
    expect(cells.get('referral × sent × receive × stranger')).toBe('refused:NOT_YOUR_STEP');
    expect(cells.get('referral × draft × receive × recipient_machine')).toBe('refused:STATE_NOT_THERE');
  });

  it('names the first cell that no rule covers', () => {
    expect(() => expandRules(`${header}not referral,*,*,*,refused,the table\n`)).toThrow(
      'no rule covers referral × draft × edit × sender_caseworker',
    );
  });

  it.each([
    [
      'a rule that another one hides',
      `*,sent,*,*,refused,a row\n${everything}`,
      'rules.csv:2: this rule decides no cell',
    ],
    ['a word that nobody knows', `${everything}*,sending,*,*,refused,a row\n`, "rules.csv:3: 'sending' is no state"],
    ['a pattern without a word', `${everything}*,*,*,boss_*,refused,a row\n`, "rules.csv:3: 'boss_*' is no role"],
    ['an outcome that nobody knows', `*,*,*,*,allowed:gone,a row\n`, "rules.csv:2: 'allowed:gone' is no outcome"],
    ['a comma too many', `*,*,*,*,refused,a row, and more\n`, 'rules.csv:2: 6 columns, not 7'],
    ['a rule without its source', `*,*,*,*,refused,\n`, 'rules.csv:2: says no reason'],
  ])('refuses %s', (_, text, message) => {
    expect(() => expandRules(header + text)).toThrow(message);
  });

  it('refuses a line of what is not yet built that does not say what the code says, or that another one hides', () => {
    const notYet = 'history,kind,state,action,role,said,because\n';
    const line = ',referral,returned,redirect,lead,refused,not built\n';
    expect(() => expandNotYet(`${notYet},referral,returned,redirect,lead,,not built\n`)).toThrow('allowed or refused?');
    expect(() => expandNotYet(notYet + line + line)).toThrow('not-yet.csv:2: this line decides no cell');
  });

  it('refuses a line of history that leaves its code open, or stands twice', () => {
    const history = 'history,kind,state,action,role,outcome,domain\n';
    const line = 'two_hops,referral,returned,redirect,sender_*,refused:HOP_LIMIT,a row\n';
    expect(() => expandHistory(`${history}two_hops,*,returned,redirect,*,refused,a row\n`)).toThrow('with which code?');
    expect(() => expandHistory(history + line + line)).toThrow('stands in two lines');
  });
});
