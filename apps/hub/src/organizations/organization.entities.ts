// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { BodyKind, Domain, FunctionCalendar, Purpose, ReferralKind } from '@tsunagi/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 機関: a legal body. */
@Entity('organization')
export class Organization {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'body_kind' }) bodyKind!: BodyKind;
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('date', { name: 'valid_to', nullable: true }) validTo!: string | null;
  @Column('int') version!: number;
}

/** 窓口: a place of one organization. */
@Entity('desk')
export class Desk {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') organization!: string;
  @Column('text') name!: string;
}

/** 窓口の機能: what referrals, consents and authorities name. */
@Entity('desk_function')
export class DeskFunction {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') desk!: string;
  @Column('varchar') code!: string;
  @Column('text') name!: string;
  @Column('text') domain!: Domain;
  @Column('text', { name: 'function_type' }) functionType!: string;
  @Column('text', { name: 'body_kind' }) bodyKind!: BodyKind;
  @Column('text', { array: true }) purposes!: Purpose[];
  /** `plugin:<id>`, `web`, `paper` or `carried_by_person`. */
  @Column('text') channel!: string;
  /** The legacy system whose identifiers it may see. */
  @Column('text', { nullable: true }) system!: string | null;
  /** Its own working days; without any it works as the municipality does. */
  @Column('jsonb', { nullable: true }) calendar!: FunctionCalendar | null;
  @Column('boolean', { name: 'returns_without_supervisor' }) returnsWithoutSupervisor!: boolean;
  /** Kinds that go only to functions which are flagged for them, and to this one. */
  @Column('text', { array: true }) kinds!: ReferralKind[];
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('date', { name: 'valid_to', nullable: true }) validTo!: string | null;
  /** Does it send, does it receive つなぎ about persons? */
  @Column('boolean') sends!: boolean;
  @Column('boolean') receives!: boolean;
  /** 圏域; null = the whole municipality. */
  @Column('text', { nullable: true }) area!: string | null;
  @Column('text', { name: 'duty_telephone', nullable: true }) dutyTelephone!: string | null;
  @Column('text', { name: 'next_duty_telephone', nullable: true }) nextDutyTelephone!: string | null;
  /** Its name and place tell in which town a protected person is. */
  @Column('boolean', { name: 'gives_town_away' }) givesTownAway!: boolean;
  @Column('int') version!: number;
}

/** Which organization operates a function, from when to when. */
@Entity('function_operator')
export class FunctionOperator {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') function!: string;
  @Column('uuid') organization!: string;
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('date', { name: 'valid_to', nullable: true }) validTo!: string | null;
  /** Where it works, what it is in law and how things reach it, until its function itself says so (`handedOverAt`). */
  @Column('uuid', { nullable: true }) desk!: string | null;
  @Column('text', { name: 'body_kind', nullable: true }) bodyKind!: BodyKind | null;
  @Column('text', { nullable: true }) channel!: string | null;
  @Column('text', { nullable: true }) system!: string | null;
  @Column('timestamptz', { name: 'secrecy_acknowledged_at', nullable: true }) secrecyAcknowledgedAt!: Date | null;
  /** When everything open was put on this operator's list. */
  @Column('timestamptz', { name: 'handed_over_at', nullable: true }) handedOverAt!: Date | null;
}

/** Resolves a bare domain or 「つなぎ先不明」 to a desk function. The smallest priority counts first. */
@Entity('route')
export class Route {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') priority!: number;
  @Column('uuid', { name: 'from_function', nullable: true }) fromFunction!: string | null;
  @Column('text') domain!: Domain | 'unknown';
  @Column('text', { nullable: true }) area!: string | null;
  @Column('text', { name: 'function_type', nullable: true }) functionType!: string | null;
  @Column('text', { nullable: true }) kind!: ReferralKind | null;
  @Column('uuid') function!: string;
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('date', { name: 'valid_to', nullable: true }) validTo!: string | null;
  @Column('int') version!: number;
}
