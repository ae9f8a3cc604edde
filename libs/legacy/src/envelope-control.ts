// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The control record of a 介護 file by name. Values are kept as text, zeros and all, unless they count something. */
export interface EnvelopeControl {
  /** ボリューム通番, from 0. */
  readonly volume: number;
  /** レコード件数: data records only. */
  readonly recordCount: number;
  /** データ種別, such as `Z11`. */
  readonly dataKind: string;
  /** 福祉事務所特定番号. */
  readonly welfareOfficeNumber: string;
  /** 保険者番号, 6 digits or 8 with zeros in front; zeros when the sender is no insurer. */
  readonly insurerNumber: string;
  /** 事業所番号: 10 characters, `0` or nothing. */
  readonly officeNumber: string;
  /** 都道府県番号. */
  readonly prefectureNumber: string;
  /** 媒体区分: 1 and 7 transmission, 2 MO, 4 FD or CD-R. */
  readonly medium: string;
  /** 処理対象年月, `YYYYMM`: the month of processing, not of service. */
  readonly processingMonth: string;
  /** ファイル管理番号. */
  readonly fileManagementNumber: string;
}

/**
 * The 12 values in their order, as wide as files in circulation and our own have them; confirm with the official tables
 * before a real site. A 障害 file has another control record, which this is not.
 */
const FORMS: readonly RegExp[] = [
  /^1$/,
  /^0*1$/,
  /^[0-9]{1,3}$/,
  /^[0-9]{1,9}$/,
  /^[A-Z0-9]{3}$/,
  /^[0-9]{1,6}$/,
  /^([0-9]{2})?[0-9]{6}$/,
  /^([A-Z0-9]{10}|0)?$/,
  /^[0-9]{2}$/,
  /^[1247]$/,
  /^[0-9]{4}(0[1-9]|1[0-2])$/,
  /^[0-9]{1,9}$/,
];

/** 1-based place of the first value that is not of its form; 13 when there are too many; null when all is well. */
export function findControlFault(values: readonly string[]): number | null {
  const fault = FORMS.findIndex((form, index) => !form.test(values[index] ?? '\0'));
  if (fault !== -1) return fault + 1;
  return values.length > FORMS.length ? FORMS.length + 1 : null;
}

/** Expects values in which {@link findControlFault} found nothing. */
export function toControl(values: readonly string[]): EnvelopeControl {
  const value = (place: number) => values[place - 1] ?? '';
  return {
    volume: Number(value(3)),
    recordCount: Number(value(4)),
    dataKind: value(5),
    welfareOfficeNumber: value(6),
    insurerNumber: value(7),
    officeNumber: value(8),
    prefectureNumber: value(9),
    medium: value(10),
    processingMonth: value(11),
    fileManagementNumber: value(12),
  };
}

export function fromControl(control: EnvelopeControl): string[] {
  return [
    '1',
    '1',
    String(control.volume),
    String(control.recordCount),
    control.dataKind,
    control.welfareOfficeNumber,
    control.insurerNumber,
    control.officeNumber,
    control.prefectureNumber,
    control.medium,
    control.processingMonth,
    control.fileManagementNumber,
  ];
}
