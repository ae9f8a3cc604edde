// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import '../dads/global.css';
import '../dads/button.css';
import '../dads/checkbox.css';
import '../dads/chip-label.css';
import '../dads/disclosure.css';
import '../dads/form-control-label.css';
import '../dads/input-text.css';
import '../dads/notification-banner.css';
import '../dads/radio.css';
import '../dads/select.css';
import '../dads/textarea.css';
import './base.css';
import './frame.css';
import './parts.css';
import './dark.css';
