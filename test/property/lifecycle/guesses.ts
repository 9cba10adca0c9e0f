import { lifecycleOfAll, type Line } from '../../../engine/compile/lifecycle';
import type { Pair } from './roles';
import { documentsIn, plainOperation, rowsOf, type Row } from './truth';

/** The lines of all documents; with `blank`, as if these had neither operationIds nor summaries. */
export function guessAll(blank: boolean): Line[] {
	return [...documentsIn('documents')].flatMap(([name, text]) => lifecycleOfAll(blank ? withoutNames(text) : text, name, name));
}

function withoutNames(text: string): string {
	const root = JSON.parse(text) as { paths: { [path: string]: { [method: string]: unknown } } };
	for (const item of Object.values(root.paths))
		for (const operation of Object.values(item))
			if (typeof operation === 'object' && operation !== null && !Array.isArray(operation)) {
				delete (operation as Row).operationId;
				delete (operation as Row).summary;
			}
	return JSON.stringify(root);
}

/** Labels with the guesses for them. */
export function pairsOf(set: string, lines: Line[]): Pair[] {
	const keyOf = (row: Row) => `${String(row.document)} ${plainOperation(row.operation)} ${set === 'lookups' ? String(row.parameter) : ''}`;
	const guesses = new Map(lines.filter((line) => line.set === set).map((line) => [keyOf(line), line]));
	return rowsOf('truth', `${set}.jsonl`).map((truth) => ({ truth, guess: guesses.get(keyOf(truth)) }));
}

/** Labels and guesses for paths without documents, where only the method and path of operations are known. */
export function pathPairs(): Pair[] {
	const rows = rowsOf('truth', 'paths.jsonl');
	const vendors = new Map<string, Row[]>();
	for (const row of rows) vendors.set(String(row.vendor), [...(vendors.get(String(row.vendor)) ?? []), row]);
	return [...vendors].flatMap(([vendor, all]) => {
		const paths: { [path: string]: { [method: string]: Row } } = {};
		for (const { method, path } of all) (paths[String(path)] ??= {})[String(method).toLowerCase()] = {};
		const lines = lifecycleOfAll(JSON.stringify({ openapi: '3.0.0', paths }), vendor, vendor);
		const guesses = new Map(lines.filter(({ set }) => set === 'roles').map((line) => [line.operation, line]));
		return all.map((truth) => ({ truth, guess: guesses.get(`${String(truth.method).toUpperCase()} ${String(truth.path)}`) }));
	});
}
