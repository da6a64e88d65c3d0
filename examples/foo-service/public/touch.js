const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/**
 * Says how far the page can be trusted: page and service may have lost each other, and so may service and cluster.
 * `title` is empty when all is well.
 */
export function describeTouch({ link, status, rebuilding, asOf }) {
  const seen = asOf === undefined ? '' : ` You see the state of ${clock.format(asOf)}.`;
  if (link === 'lost') {
    return bad('Service lost', 'This page lost the service.', `${seen} It tries again by itself.`);
  }
  if (link === 'connecting' || status === undefined) return { tone: 'wait', pill: 'Connecting', title: '', detail: '' };
  if (status.phase === 'stopped') return bad('Stopped', 'The service is shutting down.', seen);
  const why = status.lastError === undefined ? '' : ` ${sentence(status.lastError.message)}`;
  if (!status.synced && !rebuilding) {
    if (why === '') return { tone: 'wait', pill: 'Reading', title: '', detail: '' };
    return bad('Not in touch', 'The cache has not reached the cluster yet.', `${why} It goes on trying.`);
  }
  if (rebuilding) {
    return bad(
      'Catching up',
      'The cache lost its place in the history and compares with a fresh list.',
      `${seen}${why}`,
    );
  }
  if (!status.live) {
    return bad(
      'Out of touch',
      'The cache is out of touch with the cluster.',
      `${seen} It will catch up by itself.${why}`,
    );
  }
  return { tone: 'good', pill: 'Live', title: '', detail: '' };
}

function bad(pill, title, detail) {
  return { tone: 'bad', pill, title, detail: detail.trim() };
}

function sentence(text) {
  const message = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
