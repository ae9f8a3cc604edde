// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  personsPage,
  personsQuery,
  revealed,
  revealPersons,
  searchedPersons,
  searchPersons,
  type PersonsPage,
  type PersonsQuery,
  type Revealed,
  type RevealPersons,
  type SearchedPersons,
  type SearchPersons,
} from '@tsunagi/contracts';
import { FoundPersons } from './persons.service';
import { Reveals } from './reveals.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const tag = 'ご本人';
const who = 'persons.find';

@Controller(api)
export class FoundPersonsController {
  constructor(
    private readonly persons: FoundPersons,
    private readonly reveals: Reveals,
  ) {}

  @Get('persons')
  @Describe({
    summary: '自分の窓口のつなぎで知っている方の一覧。氏名は入りません。',
    details:
      '送り元としては送ったつなぎの方、受け手としては届いて開き、いまも氏名を見てよい方が並びます。氏名は `POST /persons/reveal` で、目的を示して表示します。続きは、答えの `next` を `cursor` に付けて取ります(頁は短いことがあります)。五十音順は、窓口のつなぎが5,000件までのときです。探すときは `POST /persons/search` を使ってください。氏名を URL に書かないためです。',
    tag,
    who,
    query: personsQuery,
    answers: { 200: personsPage },
    problems: ['TOO_MANY_TO_SORT'],
  })
  list(@Calling() caller: Caller, @Query(zod(personsQuery)) query: PersonsQuery): Promise<PersonsPage> {
    return this.persons.list(caller, query);
  }

  @Post('persons/search')
  @HttpCode(200)
  @Describe({
    summary: '自分の窓口のつなぎで知っている方を、氏名・読み・生年月日・番号などで探します。',
    details:
      '清音と濁音、全角と半角、ひらがなとカタカナ、小さい字、長音、異体字(髙・高など)の違いは問いません。氏名と読みは、始めの2字からで、姓か名の始めでも見つかります。生年月日は西暦でも和暦でも書けます(S15.4.1、昭和15年4月1日、1940-04-01)。答えに氏名は入りません。新しいつなぎ500件までを見て、50人までを答えます。探したことは記録に残り、探した言葉は残りません。15分に200回までです。',
    tag,
    who,
    body: searchPersons,
    answers: { 200: searchedPersons },
    problems: ['TOO_MANY_SEARCHES'],
  })
  search(@Calling() caller: Caller, @Body(zod(searchPersons)) body: SearchPersons): Promise<SearchedPersons> {
    return this.persons.search(caller, body);
  }

  @Post('persons/reveal')
  @HttpCode(200)
  @Describe({
    summary: '一覧や検索で見つかった方の氏名を、目的を示して表示します。',
    details:
      '決まりは `POST /referrals/reveal` と同じです。自分の窓口のつなぎで、いま氏名を見てよい方だけが見えます。秘匿の方などは `TWO_PERSONS` で、`GET /persons` の `referralId` のつなぎで、もう一人の確認(`POST /referrals/{id}/reveal-requests`)を求めます。',
    tag,
    who,
    body: revealPersons,
    answers: { 200: revealed },
    problems: ['SUBMISSION_REJECTED'],
  })
  reveal(@Calling() caller: Caller, @Body(zod(revealPersons)) body: RevealPersons): Promise<Revealed> {
    return this.reveals.persons(caller, body);
  }
}
