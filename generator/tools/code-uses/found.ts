/** A place in the code. */
export interface CodePlace {
  /** Relative to the working folder, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A kind as the API server's paths name it. */
export interface FoundResource {
  /** `''` for the core group. */
  readonly group: string;
  readonly plural: string;
  /** Undefined where only a path tells of it, and the path has no namespace. */
  readonly scope: 'Namespaced' | 'Cluster' | undefined;
}

/** In which namespaces a request is made. */
export type FoundNamespaces =
  /** No namespace is named, and that means all of them; or the kind has none. */
  | { readonly t: 'all' }
  /** Only the running program knows. */
  | { readonly t: 'unknown'; readonly why: string }
  /** These; `own` is the namespace of the connection. */
  | { readonly t: 'some'; readonly names: readonly string[]; readonly own: boolean };

/** A request, or several with the same target, that the code makes. */
export interface FoundUse {
  readonly place: CodePlace;
  /** Where the function around it is called with what decides about the use, outermost last. */
  readonly calledFrom: readonly CodePlace[];
  readonly resource: FoundResource;
  readonly subresource: string | undefined;
  /** As in RBAC rules. */
  readonly verbs: readonly string[];
  /** The objects, where each is known by its name. */
  readonly names: readonly string[] | undefined;
  readonly namespaces: FoundNamespaces;
}

/** A request for a path that is no resource. */
export interface FoundPath {
  readonly place: CodePlace;
  readonly path: string;
  /** The method in lower case. */
  readonly verb: string;
}

/** Something that cannot be followed. */
export interface Unfollowed {
  readonly place: CodePlace;
  readonly message: string;
  readonly hint?: string;
}

/** A cluster that the code connects to. */
export interface FoundConnection {
  readonly place: CodePlace;
  /** The namespace that it names, where it does; `undefined`: none, and its own is meant. */
  readonly namespace:
    | { readonly t: 'own' }
    | { readonly t: 'named'; readonly name: string }
    | { readonly t: 'unknown'; readonly why: string };
}

/** Everything that is found in the code of a project. */
export interface FoundCode {
  readonly uses: readonly FoundUse[];
  readonly paths: readonly FoundPath[];
  readonly unfollowed: readonly Unfollowed[];
  readonly connections: readonly FoundConnection[];
  /** Files that were looked through. */
  readonly files: number;
}

/** A reason why a project cannot be read. */
export interface ProjectFault {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
  readonly hint?: string;
}
