import { isSafeObjectProperty } from 'n8n-workflow';
import { escapePart, valueAt } from '../../model/pointer';

/** One step into a value, as n8n's editor writes it: `.name`, `['Full Name']`, `["name"]`, `[0]`. */
const STEP = /\.([A-Za-z_]\w*)|\['([^'\\{}\r\n]+)'\]|\["([^"\\{}\r\n]+)"\]|\[(\d+)\]/g;
/** An expression that consists only of steps into the item, as produced by dragging a column into a field. */
const COLUMN = new RegExp(`^=\\{\\{\\s*\\$json((?:${STEP.source.replace(/\((?!\?)/g, '(?:')})+)\\s*\\}\\}$`);

/** Returned where only n8n can resolve the value. */
export const UNRESOLVED = Symbol('unresolved');

/**
 * Resolves a stored parameter whose only expressions are columns of the item: `{{ $json.name }}`. For every expression,
 * n8n builds everything that an expression could use, which takes longer than all other work before sending.
 * @param json the item's JSON
 * @returns the value that n8n would resolve to; UNRESOLVED for other expressions, for a column that this item lacks,
 * and for one that holds no string, number or boolean
 */
export function fromColumns(stored: unknown, json: object): unknown {
	if (typeof stored === 'string') return stored.startsWith('=') ? columnOf(stored, json) : stored;
	if (typeof stored !== 'object' || stored === null) return stored;
	const resolved: Array<[string, unknown]> = [];
	for (const [name, value] of Object.entries(stored)) {
		const one = fromColumns(value, json);
		if (one === UNRESOLVED) return UNRESOLVED;
		resolved.push([name, one]);
	}
	return Array.isArray(stored) ? resolved.map(([, value]) => value) : Object.fromEntries(resolved);
}

function columnOf(expression: string, json: object): unknown {
	const [, path] = COLUMN.exec(expression) ?? [];
	if (path === undefined) return UNRESOLVED;
	const names = [...path.matchAll(STEP)].map(([, ...ways]) => ways.find((way) => way !== undefined) as string);
	// n8n refuses some names; its own error message explains that.
	if (!names.every(isSafeObjectProperty)) return UNRESOLVED;
	const value = valueAt(json, names.map((name) => `/${escapePart(name)}`).join(''));
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : UNRESOLVED;
}
