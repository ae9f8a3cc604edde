// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get } from '@nestjs/common';
import { doctorView, type DoctorView } from '@tsunagi/contracts';
import { Doctor } from './doctor.service';
import { api, Describe } from '../platform';

@Controller(`${api}/doctor`)
export class DoctorController {
  constructor(private readonly doctor: Doctor) {}

  @Get()
  @Describe({
    summary: '動いているハブが、自分について言えることと直し方',
    details:
      '見るだけで、何も変えません。プラグインは最後の点検の結果です。ハブが動いていないとき、起動前の確かめ、アカウントやキューの性質は `tsunagi doctor` が見ます。秘密情報もフォルダーの場所も出ません。',
    tag: '運用',
    who: 'plugins.manage',
    answers: { 200: doctorView },
  })
  async look(): Promise<DoctorView> {
    return { findings: await this.doctor.look() };
  }
}
