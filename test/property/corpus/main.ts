import { checkCase, type Row } from './check';
import { casesOf, corpusFolder } from './documents';
import { classesOf, countOf, tableOf, verdictOf } from './table';
import * as fs from 'node:fs';

const HELP = `Usage: npx tsx test/property/corpus/main.ts [options]

Measures the engine against every document: the corpus (OPENAPI_CORPUS), the seeds, our own nodes, the fixtures.
Exits with 1 where it is below the thresholds.

  --document NAME  only documents whose name contains this
  --seed N         another set of random requests (1)
  --trips N        round trips per document (100)
  --wrong N        wrong requests per document (40)
  --verbose        each failure with what is needed to see it again
  --classes        failures by class, the most frequent first
  --secrets        every text input: masked or not
`;

const rest = process.argv.slice(2);
const flag = (name: string) => rest.includes(name);
const value = (name: string) => (flag(name) ? rest[rest.indexOf(name) + 1] : undefined);

function main(): number {
	if (flag('--help')) {
		console.log(HELP);
		return 0;
	}
	const only = value('--document');
	const cases = casesOf().filter(({ name }) => only === undefined || name.includes(only));
	const options = {
		seed: Number(value('--seed') ?? 1),
		trips: Number(value('--trips') ?? 100),
		wrong: Number(value('--wrong') ?? 40),
		shrink: flag('--verbose') || flag('--classes'),
	};
	const rows: Row[] = [];
	const start = Date.now();
	for (const one of cases) {
		rows.push(checkCase(one, options));
		if (process.stderr.isTTY) process.stderr.write(`\r${rows.length}/${cases.length} ${one.name.padEnd(40)}`);
	}
	if (process.stderr.isTTY) process.stderr.write('\r'.padEnd(60) + '\r');
	console.log(tableOf(rows));
	if (!fs.existsSync(corpusFolder()))
		console.log(`\nThere is no corpus at ${corpusFolder()} (OPENAPI_CORPUS): only the project's own documents were run.`);
	if (flag('--secrets'))
		for (const row of rows)
			for (const { leaf, verdict, masked } of row.masks)
				console.log(`${masked ? 'masked' : 'open  '}  ${verdict.padEnd(7)}  ${row.name}  ${leaf}`);
	if (flag('--verbose'))
		for (const row of rows)
			for (const { check, place, message, request } of row.failures)
				console.log(`\n${row.name}: ${check} ${place}\n  ${message}${request === undefined ? '' : `\n  ${JSON.stringify(request)}`}`);
	if (flag('--classes')) console.log(classesOf(rows));
	const below = verdictOf(rows);
	console.log(`\n${Math.round((Date.now() - start) / 1000)} s, seed ${options.seed}`);
	console.log(below.length === 0 ? 'All thresholds are met.' : `Below the thresholds:\n${below.map((line) => `- ${line}`).join('\n')}`);
	console.log(countOf(rows));
	return below.length === 0 ? 0 : 1;
}

process.exitCode = main();
