import type { AnswerShape } from './origin.js';
import type { RuntimePart } from './runtime-types.js';

type Shapes = Readonly<Record<string, AnswerShape>>;

const ofObject: Shapes = { get: 'object', replace: 'object', patch: 'object', apply: 'object' };

/** What the members of the runtime answer with. */
export const answerShapes: Readonly<Partial<Record<RuntimePart, Shapes>>> = {
  Client: {
    ...ofObject,
    create: 'object',
    delete: 'object',
    list: 'list',
    listPages: 'lists',
    watch: 'events',
    deleteCollection: 'objects',
  },
  StatusClient: ofObject,
  Reflector: { get: 'object', waitFor: 'object', list: 'objects', by: 'objects', read: 'map', changes: 'events' },
};

/** What a reflector hands to those who asked for an event. */
export const handlerShapes: Readonly<Record<string, readonly AnswerShape[]>> = {
  added: ['object'],
  updated: ['object', 'object'],
  deleted: ['object', 'event'],
  change: ['event'],
};

/** The fields that lead on to objects. */
export const fieldShapes: Readonly<Partial<Record<AnswerShape, Shapes>>> = {
  list: { items: 'objects' },
  event: { object: 'object', previous: 'object' },
  object: { metadata: 'metadata' },
};

export const elementShapes: Readonly<Partial<Record<AnswerShape, AnswerShape>>> = {
  objects: 'object',
  lists: 'list',
  events: 'event',
};

/** What methods of lists and maps give. */
export const methodShapes: Readonly<Partial<Record<AnswerShape, Shapes>>> = {
  objects: {
    filter: 'objects',
    slice: 'objects',
    sort: 'objects',
    toSorted: 'objects',
    reverse: 'objects',
    toReversed: 'objects',
    find: 'object',
    findLast: 'object',
    at: 'object',
    pop: 'object',
    shift: 'object',
  },
  map: { values: 'objects', get: 'object' },
};
