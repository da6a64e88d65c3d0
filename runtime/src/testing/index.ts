export { startApiServer, type ApiServer } from './api-server.js';
export type { ApiServerOptions, ServedRequest } from './api-server-options.js';
export { FakeClock, type FakeClockOptions } from './fake-clock.js';
export type { Fault, FaultVerb } from './fault.js';
