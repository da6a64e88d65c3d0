/** The service says something every 5 s; three missed words mean that it is gone, even when the connection looks open. */
const silenceMs = 15_000;
const firstRetryMs = 500;
const longestRetryMs = 5_000;

/**
 * Follows the service's events and comes back after every loss. An EventSource reconnects by itself after some
 * failures and gives up after others; this one is made anew each time, so that there is one way back.
 */
export function openEventStream(url, { open, lost, status, change }) {
  let retryMs = firstRetryMs;
  let silence;

  const connect = () => {
    const source = new EventSource(url);
    const fail = () => {
      clearTimeout(silence);
      source.close();
      lost();
      setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    };
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(fail, silenceMs);
    };
    const on = (type, handle) =>
      source.addEventListener(type, (event) => {
        heard();
        handle(JSON.parse(event.data));
      });
    source.addEventListener('open', () => {
      heard();
      retryMs = firstRetryMs;
      open();
    });
    source.addEventListener('error', fail);
    on('status', status);
    on('change', change);
    heard();
  };
  connect();
}
