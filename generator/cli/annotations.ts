import { differences, commandThatMends, type Outcome } from './outcome.js';
import { reasonText, toldDiagnostics } from './report.js';

/** Lines that GitHub Actions shows beside the files that they name (workflow commands). `place` is how GitHub names a file. */
export function annotationLines(outcome: Outcome, place: (file: string) => string): string[] {
  const { diagnostics, plan, exitCode, job, args } = outcome;
  const lines = toldDiagnostics(diagnostics, args).map(({ severity, file, line, path, message, hint }) => {
    const text = `${path === undefined ? '' : `${path}: `}${message}${hint === undefined ? '' : `. ${hint}`}`;
    return command(severity, {
      ...(file === undefined || file.startsWith('<') ? {} : { file: place(file) }),
      ...(line === undefined ? {} : { line: String(line) }),
      text,
    });
  });
  if (exitCode !== 1 || plan === undefined) return lines;
  for (const entry of differences(plan)) {
    const text = `${reasonText(entry, plan)}. Run: ${commandThatMends(args)}`;
    lines.push(command('error', { file: place(`${job.out}/${entry.path}`), text }));
  }
  return lines;
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
function command(severity: 'error' | 'warning', { text, ...where }: Record<string, string>): string {
  const properties = Object.entries({ ...where, title: 'kube-gen' }).map(([key, value]) => {
    return `${key}=${escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`;
  });
  return `::${severity} ${properties.join(',')}::${escapeData(text ?? '')}`;
}

function escapeData(text: string): string {
  return text
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replaceAll(/\p{Cc}/gu, ' ');
}
