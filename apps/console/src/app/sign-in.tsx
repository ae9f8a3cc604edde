// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState, type ReactNode } from 'react';
import { call } from '../api/call';
import { useSession, type SigningIn } from '../api/session';
import { Button } from '../parts/button';
import { TextField } from '../parts/fields';
import { Failure } from '../parts/states';
import { useSending } from '../parts/use-sending';
import { useTexts } from '../texts';

export function SignInPage(signing: SigningIn) {
  const { frame, common } = useTexts();
  document.title = `${frame.signIn} | ${common.product}`;
  return (
    <main className="sign-in">
      <h1>{frame.signInTo}</h1>
      <SignInForm {...signing} />
    </main>
  );
}

export function SignInForm({ submit }: SigningIn) {
  const { frame } = useTexts();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { send, sending, error } = useSending(() => submit({ name, password }));
  return (
    <form className="form" onSubmit={send}>
      {error !== undefined && <Failure error={error} />}
      <TextField
        label={frame.signInName}
        value={name}
        onChange={(e) => setName(e.target.value)}
        autoComplete="username"
        autoFocus
        required
      />
      <TextField
        label={frame.password}
        type="password"
        value={password}
        onChange={(e) => setPassword(e.target.value)}
        autoComplete="current-password"
        required
      />
      <Button type="submit" look="solid-fill" size="lg" disabled={sending}>
        {frame.signIn}
      </Button>
    </form>
  );
}

/** What must be done before anything else: change the password one was given, acknowledge secrecy. */
export function FirstSteps({ children }: { readonly children: ReactNode }) {
  const { caller } = useSession();
  if (caller.mustChangePassword) return <FirstPassword />;
  const [desk] = caller.mustAcknowledgeSecrecy ?? [];
  if (desk && caller.functions.length === 0 && caller.roles.length === 0) return <Secrecy {...desk} />;
  return children;
}

/** It comes in the place of what had the focus, which goes to its heading. */
function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { common } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} | ${common.product}`;
  }, [title, common.product]);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="sign-in">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  );
}

function FirstPassword() {
  const { frame } = useTexts();
  return (
    <Step title={frame.firstPassword}>
      <p>{frame.firstPasswordHint}</p>
      <PasswordForm />
    </Step>
  );
}

export function PasswordForm({ onDone }: { readonly onDone?: () => void }) {
  const { frame } = useTexts();
  const { caller, renew } = useSession();
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const [again, setAgain] = useState('');
  const differ = again !== '' && again !== wanted;
  const { send, sending, error } = useSending(async () => {
    if (again !== wanted) return;
    await call('/session/password', { body: { current, next: wanted } });
    await renew();
    onDone?.();
  });
  const field = (label: string, value: string, set: (value: string) => void, autoComplete: string, wrong?: string) => (
    <TextField
      {...{ label, value, autoComplete, error: wrong }}
      type="password"
      onChange={(e) => set(e.target.value)}
      required
    />
  );
  return (
    <form className="form" onSubmit={send}>
      {error !== undefined && <Failure error={error} />}
      <input type="text" autoComplete="username" value={caller.name ?? ''} readOnly hidden />
      {field(frame.currentPassword, current, setCurrent, 'current-password')}
      {field(frame.newPassword, wanted, setWanted, 'new-password')}
      {field(frame.newPasswordAgain, again, setAgain, 'new-password', differ ? frame.passwordsDiffer : undefined)}
      <Button type="submit" look="solid-fill" size="md" disabled={sending}>
        {frame.changePassword}
      </Button>
    </form>
  );
}

export function Secrecy({ id, name }: { readonly id: string; readonly name: string }) {
  const { frame } = useTexts();
  const { renew } = useSession();
  const { send, sending, error } = useSending(async () => {
    await call(`/desk-functions/${id}/acknowledge-secrecy`, { method: 'POST' });
    await renew();
  });
  return (
    <Step title={frame.secrecy}>
      <p>{frame.secrecyHint(name)}</p>
      <form onSubmit={send} className="stack">
        {error !== undefined && <Failure error={error} />}
        <Button type="submit" look="solid-fill" size="md" disabled={sending}>
          {frame.secrecyConfirm}
        </Button>
      </form>
    </Step>
  );
}
