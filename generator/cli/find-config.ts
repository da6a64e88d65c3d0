import { existsSync } from 'node:fs';

/** Why a config file cannot be used, in a sentence for each fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly messages: readonly string[];

  constructor(file: string, messages: readonly string[]) {
    super(messages.map((message) => `${file}: ${message}`).join('\n'));
    this.messages = messages.map((message) => `${file}: ${message}`);
  }
}

const fileNames = ['kube-gen.config.ts', 'kube-gen.config.mjs', 'kube-gen.config.json'];
/** Names that people try as well: of such a file it is told how it must end. */
const otherNames = ['js', 'cjs', 'mts', 'cts', 'yaml', 'yml'].map((ending) => `kube-gen.config.${ending}`);

/** The config file of the working folder, if there is one. Throws a `ConfigError` where there are more. */
export function findConfig(): string | undefined {
  const found = fileNames.filter((name) => existsSync(name));
  if (found.length > 1)
    throw new ConfigError(found.join(' and '), ['there is more than one config file: name one with --config']);
  return found[0] ?? otherNames.find((name) => existsSync(name));
}
