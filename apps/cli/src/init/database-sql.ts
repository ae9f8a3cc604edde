// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { scramVerifier } from './hashed-passwords';

export const database = 'tsunagi';
/** Whose the tables are: only `tsunagi migrate` signs in as it. */
export const ownerRole = 'tsunagi_owner';
/** As whom the hub works: it reads and writes rows, and can neither change tables nor what is append-only. */
export const appRole = 'tsunagi_app';

/** Run once as a superuser, with psql: the container of PostgreSQL does so by itself. */
export const databaseSql = (passwords: { readonly owner: string; readonly app: string }): string => `\
-- Made by \`tsunagi init\`. Passwords stand here only as what PostgreSQL checks them against (SCRAM-SHA-256).
\\set ON_ERROR_STOP on
create role ${ownerRole} login password '${scramVerifier(passwords.owner)}';
create role ${appRole} login password '${scramVerifier(passwords.app)}';
create database ${database} owner ${ownerRole} template template0 encoding 'UTF8';
revoke all on database ${database} from public;
grant connect on database ${database} to ${appRole};
\\connect ${database}
alter default privileges for role ${ownerRole} in schema public grant select, insert, update, delete on tables to ${appRole};
alter default privileges for role ${ownerRole} in schema public grant usage, select on sequences to ${appRole};
`;
