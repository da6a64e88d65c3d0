/** What a call of a client is about. */
export interface ClientCall {
  readonly verbs: readonly string[];
  /** What the first argument is. */
  readonly first?: 'name' | 'object' | 'new object';
  /** Whether the server takes a name from the field selector. */
  readonly isSelected?: true;
  /** Which argument holds the options. */
  readonly options: number;
  /** What no namespace means. */
  readonly without: 'all' | 'own';
}

const shared: Readonly<Record<string, ClientCall>> = {
  get: { verbs: ['get'], first: 'name', options: 1, without: 'own' },
  replace: { verbs: ['update'], first: 'object', options: 1, without: 'own' },
  patch: { verbs: ['patch'], first: 'name', options: 2, without: 'own' },
  apply: { verbs: ['patch'], first: 'object', options: 1, without: 'own' },
};

/** What each call of a client asks of the API server. */
export const clientCalls: Readonly<
  Record<'Client' | 'StatusClient' | 'ScaleClient', Readonly<Record<string, ClientCall>>>
> = {
  Client: {
    ...shared,
    // It creates what is not there, and the server asks for the right to, by name.
    apply: { verbs: ['patch', 'create'], first: 'object', options: 1, without: 'own' },
    list: { verbs: ['list'], isSelected: true, options: 0, without: 'all' },
    listPages: { verbs: ['list'], isSelected: true, options: 0, without: 'all' },
    watch: { verbs: ['watch'], isSelected: true, options: 0, without: 'all' },
    create: { verbs: ['create'], first: 'new object', options: 1, without: 'own' },
    delete: { verbs: ['delete'], first: 'name', options: 1, without: 'own' },
    deleteCollection: { verbs: ['deletecollection'], options: 0, without: 'all' },
  },
  StatusClient: shared,
  ScaleClient: {
    ...shared,
    // It reads the version by itself.
    replace: { verbs: ['get', 'update'], first: 'name', options: 2, without: 'own' },
  },
};
