import { execFileSync } from 'node:child_process';
import { folderWith } from './folder.js';

/** A folder that is a repository, with one commit. */
export function repository(files: Readonly<Record<string, string>>): string {
  const cwd = folderWith(files);
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.dev', ...args], { cwd, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  return cwd;
}
