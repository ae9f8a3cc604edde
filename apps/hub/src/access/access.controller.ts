// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { line } from '@tsunagi/domain';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  callerView,
  changePassword,
  keySet,
  signIn,
  tokenAnswer,
  tokenRequest,
  type CallerView,
  type ChangePassword,
  type KeySet,
  type SignIn,
  type TokenAnswer,
  type TokenRequest,
} from '@tsunagi/contracts';
import type { Request, Response } from 'express';
import { CredentialsRefusedError, RoleMissingError } from './access.errors';
import { Caller, Calling } from './caller';
import { Clients } from './clients.service';
import { needsTls, sessionCookie, sessionTokenOf } from './session-cookie';
import { Sessions } from './sessions.service';
import { Tokens } from './tokens';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { api, Clock, Database, Describe, HUB_CONFIG, zod } from '../platform';

const tag = '認証';

/** Tokens for machine clients, sessions for staff. */
@Controller()
export class AccessController {
  private readonly secure: boolean;

  constructor(
    private readonly tokens: Tokens,
    private readonly clients: Clients,
    private readonly sessions: Sessions,
    private readonly directory: Directory,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {
    this.secure = needsTls(config);
  }

  @Post(`${api}/oauth/token`)
  @HttpCode(200)
  @Describe({
    summary: 'アクセストークンを発行する(15分間有効、更新なし)',
    tag,
    who: 'anyone',
    details:
      'RFC 6749 の client credentials です。本文は JSON でもフォームでもよく、id と secret は本文か HTTP Basic で送ります。切れる前に取り直してください。',
    body: tokenRequest,
    answers: { 200: tokenAnswer },
    asOAuth: true,
    problems: ['CLIENT_REFUSED'],
  })
  async token(
    @Req() request: Request,
    @Body(zod(tokenRequest)) body: TokenRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TokenAnswer> {
    response.setHeader('Cache-Control', 'no-store');
    const [id, secret] = basicCredentials(request.headers.authorization) ?? [body.client_id, body.client_secret];
    if (id === undefined || secret === undefined) throw new CredentialsRefusedError('CLIENT_REFUSED');
    const client = await this.clients.authenticate(id, secret);
    await this.database.transaction((tx) =>
      audit(tx, {
        actor: `client:${client.id}`,
        action: 'token.issued',
        objectKind: 'client',
        object: client.id,
        details: {},
        at: this.clock.now(),
      }),
    );
    const { token, expiresIn } = this.tokens.issue(client.id);
    return { access_token: token, token_type: 'Bearer', expires_in: expiresIn };
  }

  @Get('.well-known/jwks.json')
  @Describe({ summary: 'トークンの検証に使う公開鍵', tag, who: 'anyone', answers: { 200: keySet } })
  jwks(): KeySet {
    return keySet.parse(this.tokens.jwks());
  }

  @Post(`${api}/session`)
  @HttpCode(204)
  @Describe({
    summary: '職員がサインインする(Cookie を受け取る。8時間有効)',
    tag,
    who: 'anyone',
    body: signIn,
    answers: { 204: null },
    answerHeaders: { 'Set-Cookie': 'tsunagi_session。以後の要求に付ける' },
    problems: ['CREDENTIALS_REFUSED', 'TOO_MANY_ATTEMPTS'],
  })
  async open(
    @Req() request: Request,
    @Body(zod(signIn)) body: SignIn,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const token = await this.sessions.open(body.name, body.password, request.ip ?? '');
    response.setHeader('Set-Cookie', sessionCookie(token, this.secure));
  }

  @Get(`${api}/session`)
  @Describe({
    summary: '自分の所属と役割を見る',
    tag,
    who: 'caller',
    beforePassword: true,
    answers: { 200: callerView },
  })
  show(@Calling() caller: Caller): CallerView {
    const named = (id: string) => {
      const { code, name } = this.directory.function(id);
      return { id, code, name };
    };
    return {
      kind: caller.kind,
      id: caller.id,
      functions: caller.functions.map((id) => ({ ...named(id), roles: caller.roles(id) })),
      roles: caller.rolesEverywhere(),
      ...(caller.name !== undefined && { name: caller.name }),
      ...(caller.acting !== undefined && { acting: caller.acting }),
      ...(caller.awaiting.length > 0 && { mustAcknowledgeSecrecy: caller.awaiting.map(named) }),
      ...(caller.standsInFor.length > 0 && { standsInFor: [...caller.standsInFor] }),
      ...(this.config.legal === 'demo' && { legal: 'demo' as const }),
      ...(caller.mustChangePassword && { mustChangePassword: true as const }),
    };
  }

  @Post(`${api}/session/password`)
  @HttpCode(204)
  @Describe({
    summary: '自分のパスワードを変える',
    details: 'ほかで開いている自分のサインインは、すべて終わります。',
    tag,
    who: 'caller',
    beforePassword: true,
    body: changePassword,
    answers: { 204: null },
    problems: ['CREDENTIALS_REFUSED', 'TOO_MANY_ATTEMPTS', 'PASSWORD_UNCHANGED'],
  })
  async changePassword(
    @Calling() caller: Caller,
    @Req() request: Request,
    @Body(zod(changePassword)) body: ChangePassword,
  ): Promise<void> {
    if (caller.kind !== 'staff') throw new RoleMissingError();
    await this.sessions.changePassword(caller.id, sessionTokenOf(request) ?? '', body);
  }

  @Delete(`${api}/session`)
  @HttpCode(204)
  @Describe({ summary: 'サインアウトする', tag, who: 'caller', beforePassword: true, answers: { 204: null } })
  async close(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = sessionTokenOf(request);
    if (token !== undefined) await this.sessions.close(token);
    response.setHeader('Set-Cookie', sessionCookie('', this.secure));
  }
}

/** RFC 6749 2.3.1: both parts are form-encoded before they are put together. */
function basicCredentials(authorization: string | undefined): [string, string] | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  try {
    const parts: [string, string] = [
      decodeURIComponent((id ?? '').replaceAll('+', ' ')),
      decodeURIComponent((secret ?? '').replaceAll('+', ' ')),
    ];
    return parts.every((part) => line(200).safeParse(part).success) ? parts : undefined;
  } catch {
    return undefined;
  }
}
