import { parse } from 'flatted';

import { Matcher } from '../../engine/run/redact/matcher';
import { atOnce } from '../../engine/run/pacing/turns';
import { ENCODINGS, telling } from '../support/encodings';
import { formsOf, type Row } from './kept';

/** Secrets by their names, each different from all others. */
export class Canaries {
	/** Whose a text is. */
	private readonly owners = new Map<string, string>();
	private readonly matcher: Matcher;

	constructor(secrets: Record<string, string>) {
		for (const [name, secret] of Object.entries(secrets)) {
			const forms = [...formsOf(secret), ...Object.values(ENCODINGS).map((encode) => encode(secret))];
			for (const part of new Set(forms.flatMap(telling))) this.owners.set(part, this.owners.has(part) ? '' : name);
		}
		// What belongs to two of them is no part of a secret.
		for (const [part, owner] of this.owners) if (owner === '') this.owners.delete(part);
		this.matcher = atOnce(Matcher.of(this.owners.keys()));
	}

	/** How many texts are looked for. */
	get forms(): number {
		return this.owners.size;
	}

	/** The names of those that stand in a text, in whatever encoding, whole or in part. */
	in(text: string): Set<string> {
		return new Set(this.matcher.find(text).map(([from, to]) => this.owners.get(text.slice(from, to)) as string));
	}
}

/** A place, and all that stands there. */
export type Place = [place: string, text: string];

/** The cells of n8n's database; the data of an execution by its parts. */
export function cellsOf(tables: Record<string, Row[]>): Place[] {
	return Object.entries(tables).flatMap(([table, rows]) =>
		rows.flatMap((row) =>
			Object.entries(row).flatMap(([column, text]): Place[] => {
				const place = `${table}.${column}`;
				return place === 'execution_data.data'
					? partsOf(text).map(([part, value]) => [`${place}: ${part}`, JSON.stringify(value) ?? ''])
					: [[place, text]];
			}),
		),
	);
}

interface Part {
	[name: string]: unknown;
}

/** What n8n keeps of an execution: of each node, of errors, and of what it would need to go on. */
function partsOf(data: string): Array<[string, unknown]> {
	const {
		resultData = {},
		executionData = {},
		...others
	} = parse(data) as { resultData?: Part & { runData?: Part }; executionData?: Part & { contextData?: Part } };
	const { runData = {}, ...result } = resultData;
	const { contextData = {}, ...execution } = executionData;
	const named = (what: string, parts: Part) =>
		Object.entries(parts).map(([name, value]): [string, unknown] => [`${what} of ${name}`, value]);
	return [...named('runs', runData), ...named('context', contextData), ...Object.entries({ ...others, ...result, ...execution })];
}
