// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  answersQueueOf,
  deliveriesQueueOf,
  exampleOf,
  hostQueueOf,
  hubQueueOf,
  messages,
  repliesQueueOf,
  wayFromHub,
  type MessageFromHub,
  type MessageToHub,
  type MessageType,
  type ReplyToHub,
} from '@tsunagi/contracts';
import { deadQueue, exchange, hubQueues, policyOfQueue, routingKeyOf } from '@tsunagi/messaging';
import type { Json } from './json';
import { asyncApiTexts, channelTexts, messageTexts } from './message-texts';
import { Schemas } from './schemas';

const bindingVersion = '0.3.0';
const types = Object.keys(messages) as MessageType[];
const toHub = Object.keys(hubQueueOf) as MessageToHub[];
const replies: readonly ReplyToHub[] = ['plugin.rehearsed.v1'];
const fromHub = Object.keys(wayFromHub) as MessageFromHub[];

const parameterExamples = {
  plugin: 'kaigo',
  host: 'kaigo.host-1',
  instance: '0191d5a8-7c5e-7000-8000-000000000001',
} as const;

/** A queue as a channel: its key in the document, its name, and an example of it that has a policy. */
interface Queue {
  readonly key: string;
  readonly address: string;
  readonly example: string;
  readonly text: string;
  readonly parameter?: keyof typeof parameterExamples;
}

const queues: readonly Queue[] = [
  ...hubQueues.map((name) => ({ key: name, address: name, example: name, text: channelTexts[name] ?? name })),
  {
    key: 'hub.replies',
    address: repliesQueueOf('{instance}'),
    example: repliesQueueOf(parameterExamples.instance),
    text: channelTexts['replies'] ?? '',
    parameter: 'instance',
  },
  {
    key: 'plugin.deliveries',
    address: deliveriesQueueOf('{plugin}'),
    example: deliveriesQueueOf('kaigo'),
    text: channelTexts['deliveries'] ?? '',
    parameter: 'plugin',
  },
  {
    key: 'plugin.answers',
    address: answersQueueOf('{plugin}'),
    example: answersQueueOf('kaigo'),
    text: channelTexts['answers'] ?? '',
    parameter: 'plugin',
  },
  {
    key: 'host',
    address: hostQueueOf('{host}'),
    example: hostQueueOf('kaigo.host-1'),
    text: channelTexts['host'] ?? '',
    parameter: 'host',
  },
];

const keyOfWay = { deliveries: 'plugin.deliveries', answers: 'plugin.answers', host: 'host' } as const;
const isReply = (type: MessageType) => (replies as readonly MessageType[]).includes(type);
const queueOf = (type: MessageType): Queue => {
  const key = isReply(type)
    ? 'hub.replies'
    : type in hubQueueOf
      ? hubQueueOf[type as MessageToHub]
      : keyOfWay[wayFromHub[type as MessageFromHub]];
  return queues.find((q) => q.key === key) as Queue;
};
/** A host's queue hangs on no exchange of ours. */
const byExchange = (type: MessageType) => queueOf(type).key !== 'host';

/** AsyncAPI 3.0 of everything on the wire, out of the same tables that the transport works with. */
export function asyncApi(version: string): Json {
  const schemas = new Schemas('draft-7');
  const described = Object.fromEntries(types.map((type) => [type, message(type, schemas)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: asyncApiTexts.title,
      version,
      description: asyncApiTexts.description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      broker: {
        host: 'localhost:5672',
        pathname: '/tsunagi',
        protocol: 'amqp',
        protocolVersion: '0.9.1',
        description: asyncApiTexts.server,
        security: [{ $ref: '#/components/securitySchemes/account' }],
      },
    },
    channels: channels(),
    operations: operations(),
    components: {
      messages: described,
      schemas: schemas.components(),
      tags: Object.fromEntries(
        Object.entries(asyncApiTexts.tags).map(([name, description]) => [name, { name, description }]),
      ),
      securitySchemes: { account: { type: 'userPassword', description: asyncApiTexts.credentials } },
    },
  };
}

function message(type: MessageType, schemas: Schemas): Json {
  return {
    name: type,
    title: messageTexts[type],
    contentType: 'application/cloudevents+json',
    correlationId: { location: '$message.payload#/correlationid' },
    payload: schemas.refTo(messages[type], 'output'),
    bindings: { amqp: { contentEncoding: 'utf-8', messageType: type, bindingVersion } },
    examples: [{ name: 'example', summary: messageTexts[type], payload: exampleOf(type) }],
  };
}

function channels(): Json {
  const viaExchange = types.filter(byExchange);
  return {
    [exchange]: {
      address: routingKeyOf('{queue}', '{type}'),
      title: `exchange ${exchange}`,
      description: asyncApiTexts.exchange,
      parameters: {
        queue: {
          description: asyncApiTexts.queue,
          examples: queues.filter((q) => q.key !== 'host').map((q) => q.example),
        },
        type: { description: asyncApiTexts.type, enum: viaExchange },
      },
      messages: refs(viaExchange),
      bindings: {
        amqp: {
          is: 'routingKey',
          exchange: { name: exchange, type: 'topic', durable: true, autoDelete: false },
          bindingVersion,
        },
      },
    },
    ...Object.fromEntries(queues.map((queue) => [queue.key, channel(queue)])),
    [deadQueue]: {
      address: deadQueue,
      title: deadQueue,
      description: asyncApiTexts.dead,
      messages: refs(types),
      bindings: queueBinding(deadQueue, deadQueue),
    },
  };
}

function channel({ key, address, example, text, parameter }: Queue): Json {
  return {
    address,
    title: address,
    description: text,
    ...(parameter && {
      parameters: {
        [parameter]: {
          description: asyncApiTexts[parameter],
          examples: [parameterExamples[parameter]],
        },
      },
    }),
    messages: refs(types.filter((type) => queueOf(type).key === key)),
    bindings: queueBinding(address, example),
  };
}

function queueBinding(name: string, example: string): Json {
  const policy = policyOfQueue(example);
  if (!policy) throw new Error(`no policy for ${example}`);
  const { durable, exclusive } = policy;
  return { amqp: { is: 'queue', queue: { name, durable, exclusive, autoDelete: exclusive }, bindingVersion } };
}

const refs = (of: readonly MessageType[]) =>
  Object.fromEntries(of.map((type) => [type, { $ref: `#/components/messages/${type}` }]));

/** Every message twice: who sends it, and who receives it. */
function operations(): Json {
  const each: [name: string, operation: Json][] = [
    ...[...toHub, ...replies].map((type) => ({ type, from: 'plugin' as const, to: 'hub' as const })),
    ...fromHub.map((type) => ({ type, from: 'hub' as const, to: 'plugin' as const })),
  ].flatMap(({ type, from, to }): [string, Json][] => [
    [`${from}.send.${type}`, operation('send', from, type, byExchange(type) ? exchange : queueOf(type).key)],
    [`${to}.receive.${type}`, operation('receive', to, type, queueOf(type).key)],
  ]);
  return {
    ...Object.fromEntries(each),
    'hub.receive.dead': {
      action: 'receive',
      channel: { $ref: `#/channels/${deadQueue}` },
      title: asyncApiTexts.drain,
      tags: [tag('hub')],
      bindings: { amqp: { ack: true, bindingVersion } },
    },
  };
}

const tag = (who: 'hub' | 'plugin'): Json => ({ $ref: `#/components/tags/${who}` });

function operation(action: 'send' | 'receive', who: 'hub' | 'plugin', type: MessageType, channelKey: string): Json {
  const verb = action === 'send' ? asyncApiTexts.sends : asyncApiTexts.receives;
  const { address, example } = queueOf(type);
  const deliveryMode = policyOfQueue(example)?.durable === false ? 1 : 2;
  const key = channelKey === exchange ? routingKeyOf(address, type) : address;
  return {
    action,
    channel: { $ref: `#/channels/${channelKey}` },
    title: `${messageTexts[type]}(${verb})`,
    ...(action === 'send' && { description: `ルーティングキー: \`${key}\`` }),
    tags: [tag(who)],
    bindings: {
      amqp: action === 'send' ? { deliveryMode, mandatory: true, bindingVersion } : { ack: true, bindingVersion },
    },
    messages: [{ $ref: `#/channels/${channelKey}/messages/${type}` }],
  };
}
