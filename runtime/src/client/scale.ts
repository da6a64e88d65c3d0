import type { ObjectMeta } from '../resource.js';

/**
 * The replica counts of an object.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/autoscaling-resources/scale-v1/
 */
export interface Scale {
  readonly apiVersion: 'autoscaling/v1';
  readonly kind: 'Scale';
  readonly metadata: ObjectMeta;
  /** What was asked for; `replicas` is absent when it is 0. */
  readonly spec: { readonly replicas?: number };
  /** What is there. `selector` is the label selector of the pods, as a string. */
  readonly status: { readonly replicas: number; readonly selector?: string };
}
