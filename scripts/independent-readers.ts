/** Writes docs/independent-readers.md: every CRD and object of the corpus, read by two type printers of other people. Takes minutes. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { corpusFolder } from '../tests/corpus/corpus.js';
import { compareReaders } from '../tests/readers/compare.js';
import { reportText } from '../tests/readers/report.js';

if (corpusFolder === undefined) process.exit(2);
const results = await compareReaders(1);
writeFileSync(fileURLToPath(new URL('../docs/independent-readers.md', import.meta.url)), reportText(results));
for (const { reader, refusedValid, acceptedInvalid } of results) {
  process.stdout.write(
    `${reader}: refuses valid objects of ${refusedValid.length} CRD versions, takes ${acceptedInvalid.length} invalid ones\n`,
  );
}
