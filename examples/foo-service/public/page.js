import { createChangeLog } from './change-log.js';
import { openEventStream } from './event-stream.js';
import { createFooTable } from './foo-table.js';
import { describeTouch } from './touch.js';

const element = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

const table = createFooTable(element('foos'));
const log = createChangeLog(element('log'));

/** Everything this page knows besides the rows. `asOf` is the last moment at which page and cache were both in touch. */
const known = { link: 'connecting', status: undefined, rebuilding: false, hadSet: false, asOf: undefined };

openEventStream('/events', {
  open() {
    known.link = 'open';
    known.rebuilding = false;
    table.beginSet();
    show();
  },
  lost() {
    known.link = 'lost';
    show();
  },
  status(status) {
    known.status = status;
    show();
  },
  change(change) {
    apply(change);
    show();
  },
});

function apply(change) {
  switch (change.type) {
    case 'added': {
      const quietly = change.initial && !known.hadSet;
      const changed = table.put(change.foo, { quietly });
      if (!quietly) tell(change.foo, changed);
      break;
    }
    case 'updated': {
      tell(change.foo, table.put(change.foo, { quietly: false }));
      break;
    }
    case 'replaced': {
      table.put(change.foo, { quietly: false });
      log.add('replaced', change.foo);
      break;
    }
    case 'deleted': {
      table.remove(change.foo);
      log.add('deleted', change.foo);
      break;
    }
    case 'synced': {
      known.rebuilding = false;
      known.hadSet = true;
      for (const foo of table.endSet()) log.add('deleted', foo);
      break;
    }
    case 'desynced': {
      known.rebuilding = true;
      break;
    }
  }
}

/** After a loss the whole set comes again: what differs from the rows is told, the rest is not news. */
function tell(foo, changed) {
  if (changed === true) log.add('added', foo);
  else if (changed.length > 0) log.add('updated', foo, changed);
}

function show() {
  const { status } = known;
  const touch = describeTouch(known);
  if (touch.tone === 'good') known.asOf = new Date();
  document.body.dataset.tone = touch.tone;
  setText('pill-text', touch.pill);
  setText('banner-title', touch.title);
  setText('banner-detail', touch.detail);
  element('banner').hidden = touch.title === '';
  setText('note', noteOf(status));
  if (status === undefined) return;
  setText('fact-phase', status.phase);
  setText('fact-synced', status.synced ? 'yes' : 'no');
  setText('fact-live', known.link === 'open' ? (status.live ? 'yes' : 'no') : 'unknown');
  setText('fact-objects', String(status.counts.objects));
  setText('fact-version', status.resourceVersion || '–');
  setText('fact-event', status.lastEventAt === undefined ? '–' : clock.format(new Date(status.lastEventAt)));
}

function noteOf(status) {
  if (status === undefined || !status.synced) return table.size === 0 ? 'Waiting for the first list.' : '';
  if (table.size === 0) return 'No Foo in the cluster. Make one, and it appears here.';
  return table.size > table.shown ? `The first ${table.shown} of ${table.size}.` : '';
}

/** Leaves equal text alone, so that screen readers are not told the same thing twice. */
function setText(id, text) {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
}
