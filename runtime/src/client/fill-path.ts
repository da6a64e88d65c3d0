import { KubeError } from '../errors.js';
import { isPathSegment } from './api-path.js';

/**
 * Puts parameters into `/api/v1/namespaces/{namespace}/pods/{name}`, each encoded as one part of the path. `{path}` at the end (of proxies)
 * and `{logpath}` may have several. Throws a `usage` error for one that is missing or would make it another path.
 */
export function fillPath(template: string, parameters: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(/\{([^{}]*)\}/g, (placeholder, name: string, at: number) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    const isRest = (name === 'path' || name === 'logpath') && at + placeholder.length === template.length;
    if (isRest && typeof text === 'string' && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(text))
      return text.split('/').map(encodeURIComponent).join('/');
    if (!isRest && isPathSegment(text)) return encodeURIComponent(text);
    throw new KubeError('usage', `${JSON.stringify(value)} cannot be the ${name} of ${template}`);
  });
}
