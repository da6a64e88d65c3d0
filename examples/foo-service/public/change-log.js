const keptLines = 40;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** The newest changes, newest first. */
export function createChangeLog(list) {
  return {
    add(type, { key }, changed = []) {
      const line = document.createElement('li');
      line.className = type;
      const what = changed
        .filter(([column]) => column !== 'version' && column !== 'age')
        .map(([column, was, now]) => `${column} ${was} → ${now}`)
        .join(', ');
      const parts = [part('time', clock.format(new Date())), part('type', type), part('key', key), part('what', what)];
      line.append(...parts.flatMap((each) => [each, ' ']));
      list.prepend(line);
      while (list.childElementCount > keptLines) list.lastElementChild?.remove();
    },
  };
}

function part(className, text) {
  const made = document.createElement(className === 'time' ? 'time' : 'span');
  made.className = className;
  made.textContent = text;
  return made;
}
