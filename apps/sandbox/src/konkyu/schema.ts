// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Pool } from 'pg';

/**
 * The tables of the invented case system of a 自立相談支援機関. Its names are written in capitals and never quoted, here as
 * in the plugin: PostgreSQL folds them to small letters, other databases to capitals, and both sides still meet. The tables
 * T_HUB_… and the views V_HUB_… are as the plugin's `interface.sql` asks of every vendor; a spec holds them against it.
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

-- What became of the office's own requests; INSERT only, too.
create table if not exists legacy_konkyu.T_HUB_KEKKA (
  kekka_id char(26) not null,
  sodan_id varchar(20),
  tsunagi_bunya char(1),
  hub_shokai_id char(26),
  jotai_cd char(2),
  jotai_dt timestamp,
  uketsuke_kikan varchar(80),
  tantosha varchar(40),
  jikai_ymd char(8),
  sashimodoshi_riyu char(3),
  renraku_bun varchar(400),
  teisei_kbn char(1),
  sakusei_dt timestamp,
  sakusei_sha varchar(40),
  torikomi_flg char(1) default '0',
  torikomi_dt timestamp,
  primary key (kekka_id)
);

-- The system's own cases: those the hub brought, and those of people who came by themselves. Out of reach of the hub.
create table if not exists legacy_konkyu.T_SODAN (
  sodan_id varchar(20) primary key,
  toroku_dt timestamp not null,
  haiso_id char(26),
  hub_shokai_id char(26) unique,
  shimei varchar(60),
  furigana varchar(60),
  jusho varchar(200),
  tel varchar(15),
  sodan_naiyo char(16),
  tantosha varchar(40) not null,
  -- last answer, and those the caseworker still means to give
  taio_kbn char(2),
  yotei varchar(40) not null default '',
  chushi_flg char(1) not null default '0'
);

-- The 相談受付・申込票 of the case. Added one by one, because the table of an older demo has none of these.
alter table legacy_konkyu.T_SODAN
  alter column haiso_id drop not null,
  alter column hub_shokai_id drop not null,
  alter column taio_kbn drop not null,
  alter column yotei set default '',
  add column if not exists renban bigint generated always as identity,
  add column if not exists koshin_dt timestamp,
  add column if not exists sakujo_flg char(1) default '0',
  add column if not exists uketsuke_ymd varchar(11),
  add column if not exists seibetsu char(1),
  add column if not exists seinen_gengo char(1),
  add column if not exists seinen_ymd char(6),
  add column if not exists yubin_no varchar(8),
  add column if not exists tel_keitai varchar(15),
  add column if not exists raidan_kankei char(1),
  add column if not exists sodan_keiro char(2),
  add column if not exists shigoto char(1),
  add column if not exists jukyo char(1),
  add column if not exists shuso varchar(2000),
  add column if not exists tsunagi_bunya char(1),
  add column if not exists doi_kbn char(1),
  add column if not exists plan_no varchar(20),
  -- the last the office heard of its own request
  add column if not exists jotai_cd char(2);

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

-- What the hub's account may SELECT. A case that the hub brought asks for no other department unless somebody enters one.
create or replace view legacy_konkyu.V_HUB_SODAN as
  select renban, coalesce(koshin_dt, toroku_dt) as koshin_dt, sakujo_flg, sodan_id, uketsuke_ymd,
    tantosha as uketsuke_sha, shimei, furigana, seibetsu, seinen_gengo, seinen_ymd, yubin_no, jusho, tel as tel_jitaku,
    tel_keitai, raidan_kankei, sodan_naiyo, sodan_keiro, shigoto, jukyo, shuso, tsunagi_bunya, doi_kbn, plan_no
  from legacy_konkyu.T_SODAN;

create or replace view legacy_konkyu.V_HUB_OTO as
  select renban, koshin_dt, haiso_id, hub_shokai_id, taio_kbn, taio_dt, tantosha, sodan_id, riyu_cd, kekka_cd,
    jikai_ymd, renraku_bun, han
  from legacy_konkyu.T_OTO;
`;

/** Makes what is not there yet; may be run at every start. */
export async function createKonkyuSchema(pool: Pool): Promise<void> {
  await pool.query(schema);
}
