-- SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- What the plugin meets at the office's side, as small as specs need it: one table that it may only insert into, one view
-- that it may only read. The layout is this hub's own.
CREATE SCHEMA legacy_konkyu;

CREATE TABLE legacy_konkyu.t_hub_uketsuke (
  haiso_id char(26) NOT NULL,
  hub_shokai_id char(26) NOT NULL,
  torikeshi_kbn char(1) NOT NULL,
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
  torikomi_flg char(1) DEFAULT '0',
  torikomi_dt timestamp,
  PRIMARY KEY (haiso_id, torikeshi_kbn)
);

CREATE TABLE legacy_konkyu.kiroku (
  renban bigint PRIMARY KEY,
  koshin_dt timestamp NOT NULL,
  haiso_id char(26),
  hub_shokai_id char(26),
  taio_kbn char(2),
  taio_dt timestamp,
  tantosha varchar(40),
  sodan_id varchar(20),
  riyu_cd char(3),
  kekka_cd char(3),
  jikai_ymd char(8),
  renraku_bun varchar(2000),
  han integer
);

CREATE VIEW legacy_konkyu.v_hub_oto AS SELECT * FROM legacy_konkyu.kiroku;
