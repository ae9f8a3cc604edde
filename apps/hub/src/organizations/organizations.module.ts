// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { Directory } from './directory.service';
import { OrganizationsController } from './organizations.controller';

@Module({ controllers: [OrganizationsController], providers: [Directory], exports: [Directory] })
export class OrganizationsModule {}
