// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Seat } from './seats';

/**
 * Which field of which answer each role may be shown, by hand from DOMAIN §2 and §6. The hub's own rules are not asked: what it
 * shows beyond this table is wrong, or the table is. A field that stands here for nobody reaches nobody; a new one is written down
 * before anybody sees it.
 */
interface View {
  /** Who may be shown anything of it. */
  readonly to: readonly Seat[];
  /** All of them. */
  readonly all: readonly string[];
  /** Some of them. */
  readonly some?: readonly (readonly [to: readonly Seat[], fields: readonly string[]])[];
}

const sender = ['caseworker.kaigo', 'supervisor.kaigo'] as const;
const recipient = ['caseworker.konkyu', 'supervisor.konkyu'] as const;
const stranger = ['caseworker.shogai', 'supervisor.shogai'] as const;
const atDesks = [...sender, ...recipient, ...stranger] as const;
const supervisors = ['supervisor.kaigo', 'supervisor.konkyu', 'supervisor.shogai'] as const;
const overseers = ['coordinator', 'privacy_officer', 'auditor'] as const;
const everybody: readonly Seat[] = [...atDesks, ...overseers, 'approver', 'it_admin'];
const withReferrals = everybody.filter((seat) => seat !== 'it_admin');

const words = (names: string): string[] => names.trim().split(/\s+/);
const below = (place: string, fields: readonly string[]) => [place, ...fields.map((field) => `${place}.${field}`)];
/** A desk function, by its name. */
const desk = (place: string) => below(place, ['code', 'domain', 'name']);

/** The groups of DOMAIN §6, field by field. */
const group = (name: string, fields: string) => below(name, words(fields));
const identity = [
  ...group('identity', 'name kana birthDate birthDateText sex'),
  ...below('identity.otherNames', ['name', 'validFrom', 'validTo']),
];
/** What the consent of the form covers. */
const formItems = [
  ...identity,
  ...group('contact', 'postalCode address residence telephone mobile mail'),
  ...group('contact_wishes', 'number when leaveMessage mustNotKnow letters language interpreter safe'),
  ...group('household_outline', 'size relations affected'),
  ...group('concern', 'boxes mostPressing'),
];
/** What stays with the sender: of what is in these records. */
const ownItems = [
  ...group('care_level', 'level application validFrom validTo physicalIndependence dementiaIndependence'),
  ...group('service_use', 'planKind office services note'),
  ...group('narrative', 'fact words view writtenOn'),
];
/** One person as the recipient is shown them; of the numbers of another system that there are none. */
const member = (place: string) => [
  ...below(place, ['ref', 'role', 'relation', 'sealed', 'identifiers']),
  ...below(`${place}.items`, formItems),
];
const wholeMember = (place: string) => [
  ...member(place),
  ...below(`${place}.identifiers`, ['system', 'value']),
  ...below(`${place}.items`, ownItems),
];

/** A line of the queue: what a referral is and how it stands, of everything that crosses; of nobody in it. */
const line = [
  ...words('id journeyId kind state version urgency createdAt stateAt dueOn overdue waitedDays dueInDays basis'),
  ...desk('from'),
  ...desk('to'),
];
const saidOfIt = [
  ...words('said said.keepsDoing said.nextContactOn said.anxious said.asked said.question said.statute'),
  ...below('said.phoned', ['whom', 'by', 'at']),
];
const referral = {
  all: [
    ...line,
    ...words('purpose howTheyMeet misdirected continues reopens'),
    ...below('toAddress', words('domain function functionType area')),
  ],
  desks: [
    ...words('channel conditions fromWorker phoned phoned.whom phoned.by phoned.at'),
    ...saidOfIt,
    ...member('members'),
  ],
  sender: [
    ...words('person persons persons.ref persons.person sheetCode notCarried followUps'),
    ...wholeMember('members'),
  ],
  recipient: words('worker nextContactOn'),
};

const items = (fields: readonly string[]) => below('items', fields);
const page = (fields: readonly string[]) => ['next', ...items(fields)];
const ofIncident = [
  ...words('id kind state version noticedAt containedAt closedAt sensitive referralId persons persons.person'),
  ...words('persons.categories persons.sensitive dues dues.firstReport dues.finalReport dues.tell done'),
  ...words('firstReport finalReport tell').flatMap((what) => below(`done.${what}`, ['answer', 'at'])),
  ...words('notes notes.id notes.at notes.text'),
  ...desk('notes.function'),
  ...desk('from'),
  ...desk('recipients'),
];
const permit = words('ref categories grounds consents sealed textUnchecked');
const finding = words('name ok code hint');
const host = words('id fresh holds running lastSeen inHand clockAheadMs code');
const plugin = [
  ...words(
    'id title domain version enabled laneOpen configVersion lastMessageAt waiting waitingSince queueDepth quarantined parked',
  ),
  ...below('check', ['at', 'ok', 'outdated', ...below('findings', finding)]),
  ...below('host', host),
  ...below('intake', words('guard perFile perHour startsOn lastFileAt missedSince differsOn pause')),
];
const consent = [
  ...words(
    'id person status giver giverPerson givenTo manner formVersion grantedAt entitled entitledUntil confirmedAt',
  ),
  ...words(
    'withdrawnAt withdrawnBy withdrawnHow supersededBy exclusions excludedStaff evidence evidence.reference evidence.sha256',
  ),
  ...below('scope', words('categories purposes from until feedback recipients')),
  ...words('domain function functionType').map((field) => `scope.recipients.${field}`),
];
const ground = [
  ...words(
    'id version code statute persons categories reason whyNoConsent law article harmsNobody approval decision recordedAt',
  ),
  ...words('endsAt hoursLeft until said decided decided.at decided.outcome decided.categories decided.words'),
  ...desk('from'),
  ...desk('to'),
];
const row = words(
  'id version code active approval approvers approvers.role approvers.function categories checkedBy checkedOn conditions counts feedback hours kinds needs occasional overRefusal overrides purposes recipientTypes recipients senders statute validFrom validTo way why windows windows.from windows.until',
);
const rate = (of: string, what: string) => below(of, ['total', ...below('rows', [what, 'count'])]);

/** What a refusal says, whoever asked: nothing of what was asked about. */
const problem = words(
  'type title status detail code requestId retryable errors errors.pointer errors.code errors.message errors.hint',
);

const views: Readonly<Record<string, View>> = {
  refused: { to: everybody, all: problem },
  // Who I am, and whose work I do.
  'GET /session': {
    to: everybody,
    all: words(
      'id name kind legal roles functions functions.id functions.code functions.name functions.roles acting mustChangePassword',
    ),
  },
  'GET /todos': {
    to: everybody,
    all: page([
      ...words('id kind sentence createdAt escalated tickable role plugin referralId conferenceId incidentId'),
      ...desk('function'),
    ]),
    // Whose records a desk keeps, it knows; and who decides whether two are one.
    some: [
      [
        [...sender, ...recipient, 'privacy_officer'],
        ['items.person', 'items.unitId'],
      ],
    ],
  },
  'GET /referrals': {
    to: withReferrals,
    all: [...page(line), ...below('counters', ['state', 'count', 'more'])],
  },
  'GET /views': {
    to: withReferrals,
    all: items([...words('id code name query version count more'), ...desk('function')]),
  },
  'GET /referrals/{id}': {
    to: withReferrals,
    all: referral.all,
    some: [
      [[...sender, ...recipient], referral.desks],
      [sender, referral.sender],
      [recipient, referral.recipient],
    ],
  },
  'GET /referrals/{id}/actions': {
    to: withReferrals,
    all: ['version', ...below('actions', words('action possible because sentence'))],
    some: [[sender, ['onPaper']]],
  },
  'GET /referrals/{id}/timeline': {
    to: withReferrals,
    all: items([...words('version at action from to by reasons'), ...desk('function')]),
    some: [
      [[...sender, ...recipient], ['items.note']],
      // How far it is on its way; what a plugin says of its own stays with IT.
      [
        [...sender, ...recipient, ...overseers],
        below('deliveries', words('brings state failures waitsFor triedAt trouble nextAt arrivedAt')),
      ],
    ],
  },
  'GET /referrals/{id}/decision': {
    to: withReferrals,
    all: items([
      ...words(
        'outcome direction authority feedback notAfter conditions decidedAt inputs reasons reasons.code reasons.sentence',
      ),
      ...below('members', permit),
    ]),
  },
  'GET /support-units': {
    to: [...sender, ...recipient],
    all: items([
      ...words('id version alarm lead lead.since lead.worker members members.id members.ref members.referralId'),
      ...desk('lead.function'),
      ...desk('offeredTo'),
    ]),
  },
  // Who there is to refer to: residents are not in it.
  'GET /desk-functions': {
    to: everybody,
    all: page([
      ...words(
        'id code name version domain functionType bodyKind area kinds purposes channel system sends receives inForce',
      ),
      ...words('givesTownAway dutyTelephone nextDutyTelephone validFrom validTo desk desk.id desk.name'),
      ...words(
        'organization organization.id organization.name calendar calendar.weekdays calendar.closed calendar.holidays',
      ),
      ...words('operators operators.validFrom operators.validTo operators.secrecyAcknowledgedAt'),
      ...words('operators.organization operators.organization.id operators.organization.name'),
    ]),
  },
  'POST /referrals/validate': { to: atDesks, all: words('id state outcome codes sentence') },
  'POST /disclosures/preview': {
    to: sender,
    all: [
      ...words(
        'sentences shown shown.mask decision decision.outcome decision.authority decision.feedback decision.notAfter',
      ),
      ...words('decision.conditions decision.reasons decision.rows decision.rows.id decision.rows.version'),
      ...below('decision.lift', words('recipient categories givenTo')),
      ...below('decision.members', permit),
      ...desk('to'),
      ...wholeMember('shown.subject'),
      ...wholeMember('shown.others'),
    ],
  },
  // Of one's own desk's system, before it is written there.
  'GET /proposals': {
    to: atDesks,
    all: page([...words('id kind plugin referralKind urgency since'), ...desk('to')]),
  },
  'GET /proposals/{id}': {
    to: recipient,
    all: [
      ...words('id version kind plugin referralKind urgency since comparedWith'),
      ...words('changes changes.pointer changes.before changes.after'),
      ...desk('to'),
      ...words('content content.kind content.purpose content.urgency content.authority content.conditions'),
      ...words('content.howTheyMeet content.fromWorker'),
      ...desk('content.from'),
      ...desk('content.to'),
      ...member('content.subject'),
      ...member('content.others'),
    ],
  },
  'GET /reveal-requests': {
    to: atDesks,
    all: ['items'],
    some: [[sender, words('id referralId purpose reason askedBy askedAt state until mine').map((f) => `items.${f}`)]],
  },
  'GET /persons/{id}/judgements': {
    to: [...sender, 'privacy_officer'],
    all: [
      ...below('merges', [...words('id other askedAt agreed'), ...desk('function')]),
      ...below('splits', [
        ...words('id askedAt reason referrals numbers merged consents refusals'),
        ...desk('function'),
      ]),
    ],
  },
  // To other desks there are none: of somebody whom they know as of somebody whom nobody knows.
  'GET /persons/{id}/consents': {
    to: atDesks,
    all: ['consents', 'refusals'],
    some: [
      [
        sender,
        [
          ...below('consents', consent),
          ...below('refusals', words('id person giver giverPerson at how categories recipients askAgainOn entitled')),
        ],
      ],
    ],
  },
  // What a desk has recorded itself: here the sender's alone has. A desk that does not know the person hears that there is nobody.
  'GET /persons/{id}/protection': {
    to: [...sender, ...recipient],
    all: ['seals', 'dangers'],
    some: [
      [
        sender,
        [
          ...below('seals', [
            ...words('id ground from until lapsed provisional recordedAt unsealAsked along'),
            ...desk('function'),
          ]),
          ...below('dangers', words('id from from.person recordedAt')),
        ],
      ],
    ],
  },
  // What one's own desk has said to be the same person.
  'GET /persons/{id}/merged': { to: sender, all: items(words('id at')) },
  'POST /persons/search': {
    to: atDesks,
    all: ['more', 'sentence', ...items([...words('id referralId referrals open lastAt'), ...desk('function')])],
  },
  // For a purpose that is written down; of others it is said that there is none to show.
  'POST /persons/reveal': {
    to: atDesks,
    all: ['remaskAt', ...items(words('id because sentence'))],
    some: [[[...sender, ...recipient], identity.map((field) => `items.${field}`)]],
  },
  'POST /referrals/reveal': {
    to: withReferrals,
    all: ['remaskAt', ...items(words('id because sentence'))],
    some: [[[...sender, ...recipient], identity.map((field) => `items.${field}`)]],
  },
  'GET /consent-forms': {
    to: [...atDesks, 'approver', 'it_admin', 'privacy_officer'],
    all: page([
      ...words('id version revision title function wording plainWording script parts givers keepsPaper inForce'),
      ...words('approvedOn retiredOn profile profile.categories profile.purposes profile.feedback profile.days'),
    ]),
  },
  'GET /consent-forms/{id}/sheet': {
    to: atDesks,
    all: [
      ...words('version title wording plainWording script days approvedOn'),
      ...words('categories parts purposes givers feedback').flatMap((what) => below(what, ['code', 'name'])),
      'categories.sensitive',
      ...desk('function'),
    ],
  },
  'GET /referrals/{id}/grounds': {
    to: [...sender, 'approver'],
    all: items(ground),
    some: [[sender, below('possible', words('code statute approval categories conditions hours needs overRefusal'))]],
  },
  'GET /authorities': { to: everybody, all: items(row) },
  'GET /conferences': {
    to: withReferrals,
    all: ['next', 'items'],
    // To everybody else they are not there.
    some: [
      [sender, [...words('id kind parts state version heldOn reviewOn'), ...desk('host')].map((f) => `items.${f}`)],
    ],
  },
  'GET /conferences/{id}': {
    to: ['caseworker.kaigo'],
    all: [
      ...words('id kind parts state version heldOn reviewOn acknowledged secrecy reason record chair persons decided'),
      ...desk('host'),
      ...below('members', [...words('part staff name functionId attendance mode acknowledged'), ...desk('function')]),
      ...items([...words('id part person category text mine informant promotion'), ...desk('function')]),
    ],
  },
  'GET /conferences/{id}/agenda': {
    to: ['caseworker.kaigo'],
    all: below('parts', [
      ...words('part kind items'),
      ...below('attendees', [
        ...words(
          'part staff name functionId attendance mode acknowledged uncovered uncovered.person uncovered.categories',
        ),
        ...desk('function'),
      ]),
    ]),
  },
  // How many, and small counts hidden; of a supervisor's own desk alone.
  'GET /reports/flows': {
    to: ['coordinator', 'approver', ...supervisors],
    all: [
      ...words('from until'),
      ...below('sent', [
        'total',
        ...below('flows', words('from to count')),
        ...below('byFrom', words('from count')),
        ...below('byTo', words('to count')),
        ...below('kinds', words('kind count')),
        ...below('channels', words('channel count')),
        ...below('bases', words('basis count')),
      ]),
      ...words('accepted accepted.total accepted.median accepted.ninetieth'),
      ...below('accepted.rows', words('to count median ninetieth')),
      ...rate('outcomes', 'outcome'),
      ...below('turned', words('what count')),
      ...below('failures', words('pingPong dumping hoarding')),
      ...rate('waiting', 'code'),
      ...words('waiting.more waiting.rows.sentence waiting.rows.since'),
    ],
    some: [[supervisors, desk('function')]],
  },
  // Whoever looks after the machines reads no body.
  'GET /plugins': { to: ['it_admin'], all: items(plugin) },
  'GET /plugins/{id}': {
    to: ['it_admin'],
    all: [
      ...plugin,
      ...words('sdkRange config configSchema codeVersions codeVersions.version codeVersions.sdk codeVersions.sdkRange'),
      ...words('codeVersions.configVersion codeVersions.since functions functions.id functions.code functions.name'),
      ...below('hosts', host),
      ...below(
        'days',
        words('day code countedAt differsSince counts counts.what counts.verdict counts.hub counts.system'),
      ),
      ...below('days.counts.hub', ['fewest', 'most']),
      ...below('days.counts.files', words('file hub system')),
    ],
  },
  'GET /plugins/{id}/quarantine': {
    to: ['it_admin'],
    all: [
      ...page(words('id source file row field code says remedy release release.override releases since')),
      'waiting',
      ...below('counts', words('read accepted held denied draft duplicate quarantined unrouted no_referral closed')),
    ],
  },
  'GET /plugins/{id}/config/versions': {
    to: ['it_admin'],
    all: items(
      words('version current at by by.actor by.name returnedTo changes changes.pointer changes.before changes.after'),
    ),
  },
  'POST /plugins/{id}/check': { to: ['it_admin'], all: ['at', 'ok', 'outdated', ...below('findings', finding)] },
  'GET /deliveries': {
    to: ['it_admin'],
    all: [
      ...page(words('id plugin kind code says remedy attempts since referralId')),
      ...below('buried', words('at code from queue type')),
    ],
  },
  'GET /clients': { to: ['it_admin'], all: page(words('id version active plugin organization functions roles')) },
  'GET /organizations': {
    to: ['it_admin'],
    all: page(words('id name version bodyKind validFrom validTo desks desks.id desks.name')),
  },
  'GET /doctor': { to: ['it_admin'], all: below('findings', words('what name level sentence remedy plugin')) },
  // Whoever answers for personal data, and the two desks (DOMAIN §6).
  'GET /incidents': {
    to: ['privacy_officer', ...supervisors],
    all: ['next', 'items'],
    some: [[['privacy_officer', 'supervisor.kaigo', 'supervisor.konkyu'], ofIncident.map((f) => `items.${f}`)]],
  },
  'GET /incidents/{id}': { to: ['privacy_officer', 'supervisor.kaigo', 'supervisor.konkyu'], all: ofIncident },
  'GET /disclosure-requests': {
    to: ['privacy_officer'],
    all: [
      'more',
      ...items([
        ...words('id version person askedBy askedOn identity recordedAt answer answer.on answer.outcome answer.reason'),
        ...desk('function'),
      ]),
    ],
  },
  'GET /persons/{id}/disclosures': {
    to: ['privacy_officer'],
    all: [
      ...words('cautions notices'),
      ...items([
        ...words('id at what way state authority referralId viewer members members.ref members.categories'),
        ...below('recall', words('requestedAt acknowledgedAt dueOn disposition disposition.done disposition.law')),
        ...desk('from'),
        ...desk('to'),
      ]),
    ],
  },
  'POST /persons/{id}/split': {
    to: ['privacy_officer'],
    all: words('person referrals consents refusals expired deliveries incidents'),
  },
  'GET /reports/exceptions': {
    to: ['approver', 'privacy_officer'],
    all: items(words('month from to code count occasional repeated')),
  },
  // Ids and codes, no content; and what whoever did it is called.
  'GET /audit': {
    to: ['auditor', 'privacy_officer'],
    all: page(words('line at actor actorName action object objectKind function details')),
  },
  'GET /audit/checkpoints': {
    to: ['auditor', 'privacy_officer'],
    all: [
      ...words('next chain chain.sealedUpTo chain.lagSeconds chain.secondPlace'),
      ...below('chain.lastCheckpoint', words('at upTo seal hash kid signature verified')),
      ...items(words('at upTo seal hash kid signature verified')),
    ],
  },
};

const shown = new Map(
  Object.entries(views).map(([operation, { to, all, some = [] }]) => [
    operation,
    (seat: Seat) =>
      new Set(
        to.includes(seat) ? [...all, ...some.flatMap(([whom, fields]) => (whom.includes(seat) ? fields : []))] : [],
      ),
  ]),
);

/** Of all these fields of an answer those that this role may not be shown. */
export function beyond(seat: Seat, operation: string, fields: readonly string[]): string[] {
  const may = shown.get(operation)?.(seat) ?? new Set<string>();
  return fields.filter((field) => !may.has(field));
}
