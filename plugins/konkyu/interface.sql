-- SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- 相談支援システムの側で用意する、二つの表と二つのビュー（本ハブ独自の形式、PostgreSQL）。名前は引用符を付けずに書きます。
-- The one description of all four: the plugin's specs run on it, and the sandbox is held against it.

-- ハブが追加だけを行う表。torikomi_flg は、取り込んだらシステム側が 1 にします（torikomi_dt にその日時）。

-- よその窓口からのつなぎ。torikeshi_kbn 1 新規 2 訂正（hub_shokai_id で元とつながる、全項目の書き直し） 3 取消。
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

-- こちらから出したつなぎ（V_HUB_SODAN の行）の、その後の状態。一つの変化が一行です。
-- jotai_cd 10 到着 20 引受 30 対応中 40 つなぎ完了 50 差戻し 60 取下げ 65 根拠失効 90 受信エラー（hub_shokai_id は NULL）。
CREATE TABLE T_HUB_KEKKA (
  kekka_id char(26) NOT NULL,
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
  torikomi_flg char(1) DEFAULT '0',
  torikomi_dt timestamp,
  PRIMARY KEY (kekka_id)
);

-- ハブが読むだけのビュー。このままでは一行もありません。CREATE OR REPLACE VIEW で、自分の記録から同じ列を同じ型で
-- 返すものに置き換えてください（列の名前・順・型が違うと PostgreSQL が断ります）。

-- 相談。ハブは tsunagi_bunya が空でない行だけを読みます。renban は一行に一つ、koshin_dt は変わるたびに新しくします。
CREATE VIEW V_HUB_SODAN AS SELECT
  CAST(NULL AS bigint) AS renban,
  CAST(NULL AS timestamp) AS koshin_dt,
  CAST(NULL AS char(1)) AS sakujo_flg,
  CAST(NULL AS varchar(20)) AS sodan_id,
  CAST(NULL AS varchar(11)) AS uketsuke_ymd,
  CAST(NULL AS varchar(40)) AS uketsuke_sha,
  CAST(NULL AS varchar(60)) AS shimei,
  CAST(NULL AS varchar(60)) AS furigana,
  CAST(NULL AS char(1)) AS seibetsu,
  CAST(NULL AS char(1)) AS seinen_gengo,
  CAST(NULL AS char(6)) AS seinen_ymd,
  CAST(NULL AS varchar(8)) AS yubin_no,
  CAST(NULL AS varchar(200)) AS jusho,
  CAST(NULL AS varchar(15)) AS tel_jitaku,
  CAST(NULL AS varchar(15)) AS tel_keitai,
  CAST(NULL AS char(1)) AS raidan_kankei,
  CAST(NULL AS char(16)) AS sodan_naiyo,
  CAST(NULL AS char(2)) AS sodan_keiro,
  CAST(NULL AS char(1)) AS shigoto,
  CAST(NULL AS char(1)) AS jukyo,
  CAST(NULL AS varchar(2000)) AS shuso,
  CAST(NULL AS char(1)) AS tsunagi_bunya,
  CAST(NULL AS char(1)) AS doi_kbn,
  CAST(NULL AS varchar(20)) AS plan_no
WHERE 1 = 0;

-- 受け取ったつなぎへの回答。
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
