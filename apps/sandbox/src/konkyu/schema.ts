// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Pool } from 'pg';

/**
 * The tables of the invented case system of a 自立相談支援機関. Its names are written in capitals and never quoted, here as
 * in the plugin: PostgreSQL folds them to small letters, other databases to capitals, and both sides still meet. T_HUB_UKETSUKE
 * and V_HUB_OTO are as the plugin's `interface.sql` asks of every vendor; a spec holds them against it.
 */
const schema = `
create schema if not exists legacy_konkyu;

-- What the hub writes and the case system takes in. The hub's account may INSERT here and nothing else.
create table if not exists legacy_konkyu.T_HUB_UKETSUKE (
  haiso_id char(26) not null,
  hub_shokai_id char(26) not null,
  torikeshi_kbn char(1) not null,
  shurui_cd char(2),
  soshin_bunya char(1),
  soshin_kikan varchar(80),
  soshin_tanto varchar(40),
  konkyo_cd char(2),
  shimei varchar(60),
  furigana varchar(60),
  seibetsu char(1),
  seinen_gengo char(1),
  seinen_ymd char(6),
  jusho varchar(200),
  tel varchar(15),
  setai_ninzu integer,
  sodan_naiyo char(16),
  renraku_bun varchar(2000),
  kinkyu char(1),
  kigen_ymd char(8),
  teikyo_mask char(24),
  sakusei_dt timestamp,
  torikomi_flg char(1) default '0',
  torikomi_dt timestamp,
  primary key (haiso_id, torikeshi_kbn)
);

-- The system's own cases; out of reach of the hub.
create table if not exists legacy_konkyu.T_SODAN (
  sodan_id varchar(20) primary key,
  toroku_dt timestamp not null,
  haiso_id char(26) not null,
  hub_shokai_id char(26) not null unique,
  shimei varchar(60),
  furigana varchar(60),
  jusho varchar(200),
  tel varchar(15),
  sodan_naiyo char(16),
  tantosha varchar(40) not null,
  -- last answer, and those the caseworker still means to give
  taio_kbn char(2) not null,
  yotei varchar(40) not null,
  chushi_flg char(1) not null default '0'
);

-- Its answers, appended only.
create table if not exists legacy_konkyu.T_OTO (
  renban bigint generated always as identity primary key,
  koshin_dt timestamp not null,
  haiso_id char(26) not null,
  hub_shokai_id char(26),
  taio_kbn char(2) not null,
  taio_dt timestamp not null,
  tantosha varchar(40),
  sodan_id varchar(20),
  riyu_cd char(3),
  kekka_cd char(3),
  jikai_ymd char(8),
  renraku_bun varchar(2000),
  han integer
);

-- What the hub's account may SELECT.
create or replace view legacy_konkyu.V_HUB_OTO as
  select renban, koshin_dt, haiso_id, hub_shokai_id, taio_kbn, taio_dt, tantosha, sodan_id, riyu_cd, kekka_cd,
    jikai_ymd, renraku_bun, han
  from legacy_konkyu.T_OTO;
`;

/** Makes what is not there yet; may be run at every start. */
export async function createKonkyuSchema(pool: Pool): Promise<void> {
  await pool.query(schema);
}
