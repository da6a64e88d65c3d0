import type { JsonObject } from '../state/json.js';
import { badRequest } from '../state/status.js';
import { columnsOf, type IncludeObject, tableHead, tableOfOne, type TableOptions, tableRow } from '../table/table.js';
import type { Call } from './server-context.js';

/** Tables of the kind that a request is about. */
export interface Tables {
  head(metadata: JsonObject): JsonObject;
  row(object: JsonObject): JsonObject;
  of(object: JsonObject): JsonObject;
  /** A table of one object for the next event of a watch: only the first names the columns, and a bookmark always has its object. */
  event(object: JsonObject, options: { readonly isBookmark: boolean }): JsonObject;
}

/** How the query of a request wants its tables. */
export function readTables({ context, target, query }: Call): Tables {
  const columns = columnsOf(target);
  const includeObject = readIncludeObject(query);
  const options = (include = includeObject): TableOptions => ({
    includeObject: include,
    now: context.clock.wallNow(),
  });
  let isFirst = true;
  return {
    head: (metadata) => tableHead(metadata, columns),
    row: (object) => tableRow(object, columns, options()),
    of: (object) => tableOfOne(object, columns, options()),
    event(object, { isBookmark }) {
      const table = tableOfOne(object, columns, options(isBookmark ? 'Metadata' : includeObject));
      const shown = isFirst ? table : { ...table, columnDefinitions: null };
      isFirst = false;
      return shown;
    },
  };
}

function readIncludeObject(query: URLSearchParams): IncludeObject {
  const asked = query.get('includeObject') ?? '';
  if (asked === '') return 'Metadata';
  if (asked === 'None' || asked === 'Metadata' || asked === 'Object') return asked;
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(asked)}: must be 'Metadata', 'Object', 'None', or empty`,
  );
}
