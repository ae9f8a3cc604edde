// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ApplicationsController } from './applications.controller';
import { Applications } from './applications.service';
import { ConsentFormsController } from './consent-forms.controller';
import { ConsentForms } from './consent-forms.service';
import { ConsentsController } from './consents.controller';
import { Consents } from './consents.service';
import { OrganizationsModule } from '../organizations';

@Module({})
export class ConsentsModule {
  /** `listening` exports the `ConsentListener` that learns of every change. */
  static listenedBy(listening: Type): DynamicModule {
    return {
      module: ConsentsModule,
      imports: [listening, OrganizationsModule],
      controllers: [ConsentsController, ConsentFormsController, ApplicationsController],
      providers: [Consents, ConsentForms, Applications],
    };
  }
}
