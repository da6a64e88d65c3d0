/** How many rows are drawn; the style sheet hides what comes after them. */
const shownRows = 500;
/** As long as the fading in the style sheet. */
const leavingMs = 1_400;

const columns = ['name', 'image', 'tier', 'copies', 'phase', 'version', 'age'];
const labels = {
  name: 'Name',
  image: 'Image',
  tier: 'Tier',
  copies: 'Copies',
  phase: 'Phase',
  version: 'Version',
  age: 'Age',
};

/** One row for each Foo, in the order of their keys. All text goes in as text: nothing from the cluster becomes HTML. */
export function createFooTable(body) {
  const rows = new Map();
  const inOrder = [];
  let awaited;
  setInterval(() => {
    for (const row of rows.values()) row.cells.age.textContent = age(row.foo.created);
  }, 10_000);

  const insert = (foo) => {
    const row = createRow(foo);
    const place = placeOf(inOrder, foo.key);
    body.insertBefore(row.element, inOrder[place]?.element ?? null);
    inOrder.splice(place, 0, row);
    rows.set(foo.key, row);
    return row;
  };
  const drop = (row) => {
    rows.delete(row.foo.key);
    inOrder.splice(inOrder.indexOf(row), 1);
    row.element.classList.add('gone');
    setTimeout(() => row.element.remove(), leavingMs);
  };

  return {
    shown: shownRows,
    get size() {
      return rows.size;
    },
    /** The whole set comes again; what it leaves out is gone when `endSet` is called. */
    beginSet() {
      awaited = new Set(rows.keys());
    },
    /** Returns the Foos that were not in the set. */
    endSet() {
      const missing = [...(awaited ?? [])].map((key) => rows.get(key)).filter((row) => row !== undefined);
      awaited = undefined;
      for (const row of missing) drop(row);
      return missing.map((row) => row.foo);
    },
    /** Returns true for a new row, otherwise what differs as `[column, was, now]`. */
    put(foo, { quietly }) {
      awaited?.delete(foo.key);
      const row = rows.get(foo.key);
      if (row === undefined) {
        const { element } = insert(foo);
        if (!quietly) mark(element, 'new');
        return true;
      }
      return change(row, foo);
    },
    remove({ key }) {
      const row = rows.get(key);
      if (row !== undefined) drop(row);
    },
  };
}

function createRow(foo) {
  const element = document.createElement('tr');
  element.setAttribute('role', 'row');
  element.dataset.key = foo.key;
  const cells = {};
  for (const column of columns) {
    const cell = document.createElement('td');
    cell.setAttribute('role', 'cell');
    cell.className = column;
    cell.dataset.label = labels[column];
    cells[column] = cell;
    element.append(cell);
  }
  const row = { element, cells, foo };
  fill(row, foo);
  return row;
}

function change(row, foo) {
  const was = textsOf(row.foo);
  const now = textsOf(foo);
  const changed = columns.filter((column) => was[column] !== now[column]);
  row.foo = foo;
  fill(row, foo);
  for (const column of changed) mark(row.cells[column], 'changed');
  return changed.map((column) => [column, was[column], now[column]]);
}

function fill({ element, cells }, foo) {
  const texts = textsOf(foo);
  for (const column of columns) {
    if (column === 'name') cells.name.replaceChildren(span('', foo.name), span('namespace', foo.namespace));
    else cells[column].replaceChildren(span('', texts[column]));
  }
  cells.copies.append(meter(foo));
  cells.age.title = new Date(foo.created).toLocaleString();
  element.dataset.phase = foo.phase;
  element.dataset.deleting = String(foo.deleting);
}

function textsOf(foo) {
  return {
    name: foo.key,
    image: foo.image,
    tier: foo.tier,
    copies: `${foo.ready} of ${foo.replicas}`,
    phase: foo.deleting ? `${foo.phase}, deleting` : foo.phase,
    version: foo.resourceVersion,
    age: age(foo.created),
  };
}

function meter({ ready, replicas }) {
  const meter = document.createElement('meter');
  meter.max = Math.max(replicas, 1);
  meter.value = ready;
  meter.setAttribute('aria-hidden', 'true');
  return meter;
}

function span(className, text) {
  const made = document.createElement('span');
  made.className = className;
  made.textContent = text;
  return made;
}

/** Starts the highlight again when one is still running. */
function mark(element, className) {
  element.classList.remove(className);
  void element.offsetWidth;
  element.classList.add(className);
}

function placeOf(inOrder, key) {
  let low = 0;
  let high = inOrder.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inOrder[middle].foo.key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function age(created) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(created)) / 1000));
  if (seconds < 60) return `${seconds - (seconds % 10)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
