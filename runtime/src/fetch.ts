export * from './public.js';
export { createCluster, type ClusterOptions } from './client/create-cluster.js';
export { fromFetch, type FetchFunction, type FetchReader, type FetchResponse } from './io/from-fetch.js';
