// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { CallerView, SignIn } from '@tsunagi/contracts';
import type { Role } from '@tsunagi/contracts/words';
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { call, chosenDesk, shell } from './call';
import { codeOf } from './problem';

interface Session {
  readonly caller: CallerView;
  /** All roles, at whichever desk or for the whole municipality. */
  readonly roles: ReadonlySet<Role>;
  /** The desk that is acted for; `undefined` = all of one's own. */
  readonly actingFor: string | undefined;
  actFor(desk: string | undefined): void;
  signOut(): Promise<void>;
  /** After a change of one's own password, or of what one may do. */
  renew(): Promise<void>;
}

const Context = createContext<Session | undefined>(undefined);

/** Who is signed in. Only below {@link SessionGate}. */
export function useSession(): Session {
  const session = use(Context);
  if (!session) throw new Error('outside of SessionGate');
  return session;
}

export interface SigningIn {
  /** The name that must sign in again; absent at the beginning. */
  readonly again?: string;
  submit(body: SignIn): Promise<void>;
}

type Known = 'asking' | 'nobody' | 'unreachable' | CallerView;

/**
 * Nobody sees a page before it is known who it is for. When a session ends on the way, `signIn` is shown over the page, which stays as
 * it is; whoever signs in then as somebody else begins with an empty page.
 */
export function SessionGate(props: {
  readonly children: ReactNode;
  readonly waiting: ReactNode;
  readonly unreachable: (again: () => void) => ReactNode;
  readonly signIn: (signing: SigningIn) => ReactNode;
}) {
  const queries = useQueryClient();
  const [known, setKnown] = useState<Known>('asking');
  const [ended, setEnded] = useState(false);
  const [actingFor, setActingFor] = useState(shell.actingFor);
  const waiting = useRef<{ promise: Promise<void>; resolve: () => void } | undefined>(undefined);
  shell.actingFor = actingFor;

  const ask = async () => {
    try {
      const caller = await call<CallerView>('/session', { quietly: true });
      setKnown(caller);
      return caller;
    } catch (error) {
      // A desk of before that is not one's own any more.
      if (codeOf(error) === 'FUNCTION_NOT_YOURS' && shell.actingFor !== undefined) {
        choose(undefined);
        return ask();
      }
      setKnown(codeOf(error) === 'NOT_SIGNED_IN' ? 'nobody' : 'unreachable');
      return undefined;
    }
  };
  const choose = (desk: string | undefined) => {
    if (desk === undefined) sessionStorage.removeItem(chosenDesk);
    else sessionStorage.setItem(chosenDesk, desk);
    shell.actingFor = desk;
    setActingFor(desk);
  };

  useEffect(() => {
    void ask();
    shell.signInAgain = () => {
      if (!waiting.current) {
        let resolve = () => {};
        waiting.current = { promise: new Promise<void>((done) => (resolve = done)), resolve: () => resolve() };
        setEnded(true);
      }
      return waiting.current.promise;
    };
    return () => {
      delete shell.signInAgain;
    };
    // Once: what it closes over are setters and references.
  }, []);

  const session = useMemo((): Session | undefined => {
    if (typeof known === 'string') return undefined;
    return {
      caller: known,
      roles: new Set([...known.roles, ...known.functions.flatMap((f) => f.roles)]),
      actingFor,
      actFor: (desk) => {
        choose(desk);
        void queries.resetQueries();
      },
      signOut: async () => {
        await call('/session', { method: 'DELETE', quietly: true }).catch(() => undefined);
        // Nothing of what was seen stays in memory.
        sessionStorage.clear();
        location.assign('/console/');
      },
      renew: async () => {
        await ask();
        await queries.invalidateQueries();
      },
    };
  }, [known, actingFor, queries]);

  if (known === 'asking') return props.waiting;
  if (known === 'unreachable') return props.unreachable(() => void ask());
  if (!session)
    return props.signIn({
      submit: async (body) => {
        await call('/session', { body, quietly: true });
        choose(undefined);
        await ask();
      },
    });
  const again = async (body: SignIn) => {
    await call('/session', { body, quietly: true });
    const caller = await call<CallerView>('/session', { quietly: true });
    if (caller.id !== session.caller.id) {
      choose(undefined);
      location.assign('/console/');
      return;
    }
    setEnded(false);
    waiting.current?.resolve();
    waiting.current = undefined;
  };
  return (
    <Context value={session}>
      {props.children}
      {ended && props.signIn({ again: session.caller.name ?? session.caller.id, submit: again })}
    </Context>
  );
}
