export * from './public.js';
export type { ConnectOptions } from './connect.js';
export { fromClientNode, type ClientNodeKubeConfig } from './io/from-client-node.js';
export { connect } from './load-connect.js';
