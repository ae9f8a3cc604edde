-- SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- 相談支援システムの側で用意する、二つの表と二つのビュー（本ハブ独自の形式、MariaDB 10.11 以上）。列の意味は interface.sql と同じです。
-- 名前は小文字で作ってください。Linux の MariaDB は、表とビューの名前の大文字と小文字を区別します。
-- 文字コードは utf8mb4 です（utf8mb3 では 𠮷 などが入りません）。照合順序が _bin なら、どの二つの文字も同じとは見なされません。
-- 時刻は datetime です。日本の現地時刻をそのまま入れます。

-- ハブが追加だけを行う表。torikomi_flg は、取り込んだらシステム側が 1 にします（torikomi_dt にその日時）。

-- よその窓口からのつなぎ。torikeshi_kbn 1 新規 2 訂正（hub_shokai_id で元とつながる、全項目の書き直し） 3 取消。
CREATE TABLE t_hub_uketsuke (
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
  sakusei_dt datetime(6),
  torikomi_flg char(1) DEFAULT '0',
  torikomi_dt datetime(6),
  PRIMARY KEY (haiso_id, torikeshi_kbn)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- こちらから出したつなぎ（v_hub_sodan の行）の、その後の状態。一つの変化が一行です。
-- jotai_cd 10 到着 20 引受 30 対応中 40 つなぎ完了 50 差戻し 60 取下げ 65 根拠失効 90 受信エラー（hub_shokai_id は NULL）。
CREATE TABLE t_hub_kekka (
  kekka_id char(26) NOT NULL,
  sodan_id varchar(20),
  tsunagi_bunya char(1),
  hub_shokai_id char(26),
  jotai_cd char(2),
  jotai_dt datetime(6),
  uketsuke_kikan varchar(80),
  tantosha varchar(40),
  jikai_ymd char(8),
  sashimodoshi_riyu char(3),
  renraku_bun varchar(400),
  teisei_kbn char(1),
  sakusei_dt datetime(6),
  sakusei_sha varchar(40),
  torikomi_flg char(1) DEFAULT '0',
  torikomi_dt datetime(6),
  PRIMARY KEY (kekka_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- ハブが読むだけのビュー。このままでは一行もありません。CREATE OR REPLACE VIEW で、自分の記録から同じ名前の列を返すものに
-- 置き換えてください。MariaDB は型の違いを断りません。番号は bigint、時刻は datetime(6)、ほかは文字で返してください。

-- 相談。ハブは tsunagi_bunya が空でない行だけを読みます。renban は一行に一つ、koshin_dt は変わるたびに新しくします。
CREATE VIEW v_hub_sodan AS SELECT
  CAST(NULL AS signed) AS renban,
  CAST(NULL AS datetime(6)) AS koshin_dt,
  CAST(NULL AS char(1)) AS sakujo_flg,
  CAST(NULL AS char(20)) AS sodan_id,
  CAST(NULL AS char(11)) AS uketsuke_ymd,
  CAST(NULL AS char(40)) AS uketsuke_sha,
  CAST(NULL AS char(60)) AS shimei,
  CAST(NULL AS char(60)) AS furigana,
  CAST(NULL AS char(1)) AS seibetsu,
  CAST(NULL AS char(1)) AS seinen_gengo,
  CAST(NULL AS char(6)) AS seinen_ymd,
  CAST(NULL AS char(8)) AS yubin_no,
  CAST(NULL AS char(200)) AS jusho,
  CAST(NULL AS char(15)) AS tel_jitaku,
  CAST(NULL AS char(15)) AS tel_keitai,
  CAST(NULL AS char(1)) AS raidan_kankei,
  CAST(NULL AS char(16)) AS sodan_naiyo,
  CAST(NULL AS char(2)) AS sodan_keiro,
  CAST(NULL AS char(1)) AS shigoto,
  CAST(NULL AS char(1)) AS jukyo,
  CAST(NULL AS char(2000)) AS shuso,
  CAST(NULL AS char(1)) AS tsunagi_bunya,
  CAST(NULL AS char(1)) AS doi_kbn,
  CAST(NULL AS char(20)) AS plan_no
WHERE 1 = 0;

-- 受け取ったつなぎへの回答。
CREATE VIEW v_hub_oto AS SELECT
  CAST(NULL AS signed) AS renban,
  CAST(NULL AS datetime(6)) AS koshin_dt,
  CAST(NULL AS char(26)) AS haiso_id,
  CAST(NULL AS char(26)) AS hub_shokai_id,
  CAST(NULL AS char(2)) AS taio_kbn,
  CAST(NULL AS datetime(6)) AS taio_dt,
  CAST(NULL AS char(40)) AS tantosha,
  CAST(NULL AS char(20)) AS sodan_id,
  CAST(NULL AS char(3)) AS riyu_cd,
  CAST(NULL AS char(3)) AS kekka_cd,
  CAST(NULL AS char(8)) AS jikai_ymd,
  CAST(NULL AS char(2000)) AS renraku_bun,
  CAST(NULL AS signed) AS han
WHERE 1 = 0;
