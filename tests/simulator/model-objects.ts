/** One version of one object, as the server holds it. */
export interface Stored {
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly version: number;
  readonly color: string;
  /** The object as the server prints it, managedFields included. */
  readonly text: string;
}

/** One change, for watches. */
export interface Past {
  readonly version: number;
  readonly before: Stored | undefined;
  readonly after: Stored | undefined;
  /** The deleted object with the version of its deletion. */
  readonly last: Stored;
}

const SHORT = 'ü{"[\\';
/** Makes an object large enough to be read by its parts. */
const LONG = SHORT.repeat(250);

/** Which objects a watcher asks for. */
export interface View {
  readonly namespace: string | undefined;
  readonly color: string | undefined;
}

/** Whether a view shows an object. */
export function shows(view: View, object: Stored | undefined): object is Stored {
  if (object === undefined) return false;
  if (view.namespace !== undefined && view.namespace !== object.namespace) return false;
  return view.color === undefined || view.color === object.color;
}

/** What a view is told of a change: under a selector objects come and go without being made or deleted (W10). */
export function eventOf(view: View, past: Past): { type: string; text: string } | undefined {
  const was = shows(view, past.before);
  const is = shows(view, past.after);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', text: past.after?.text ?? '' };
  return was ? { type: 'DELETED', text: past.last.text } : undefined;
}

/** Makes a version of an object. */
export function makeStored(o: {
  name: string;
  namespace: string;
  uid: string;
  version: number;
  color: string;
  value: number;
}): Stored {
  const { name, namespace, uid, version, color, value } = o;
  const object = {
    apiVersion: 'test.example/v1',
    kind: 'Thing',
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion: String(version),
      creationTimestamp: '2030-01-01T00:00:00Z',
      labels: { color },
      managedFields: [{ manager: 'simulator', fieldsV1: { 'f:spec': { 'f:value': {} } } }],
    },
    spec: { color, value, text: value % 5 === 0 ? LONG : SHORT },
  };
  return { key: `${namespace}/${name}`, name, namespace, uid, version, color, text: JSON.stringify(object) };
}

/** The object as a cache without managedFields holds it. */
export function cachedText(object: Stored): string {
  const parsed = JSON.parse(object.text) as { metadata: { managedFields?: unknown } };
  delete parsed.metadata.managedFields;
  return JSON.stringify(parsed);
}
