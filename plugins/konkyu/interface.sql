-- SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- 相談支援システムの側で用意する表とビュー（本ハブ独自の形式、PostgreSQL）。名前は引用符を付けずに書きます。
-- The one description of both: the plugin's specs run on it, and the sandbox is held against it.

-- ハブが追加だけを行う表。torikomi_flg は、取り込んだらシステム側が 1 にします。
CREATE TABLE T_HUB_UKETSUKE (
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

-- ハブが読むだけのビュー。このままでは一行もありません。CREATE OR REPLACE VIEW で、自分の記録から同じ列を同じ型で
-- 返すものに置き換えてください（列の名前・順・型が違うと PostgreSQL が断ります）。
CREATE VIEW V_HUB_OTO AS SELECT
  CAST(NULL AS bigint) AS renban,
  CAST(NULL AS timestamp) AS koshin_dt,
  CAST(NULL AS char(26)) AS haiso_id,
  CAST(NULL AS char(26)) AS hub_shokai_id,
  CAST(NULL AS char(2)) AS taio_kbn,
  CAST(NULL AS timestamp) AS taio_dt,
  CAST(NULL AS varchar(40)) AS tantosha,
  CAST(NULL AS varchar(20)) AS sodan_id,
  CAST(NULL AS char(3)) AS riyu_cd,
  CAST(NULL AS char(3)) AS kekka_cd,
  CAST(NULL AS char(8)) AS jikai_ymd,
  CAST(NULL AS varchar(2000)) AS renraku_bun,
  CAST(NULL AS integer) AS han
WHERE 1 = 0;
