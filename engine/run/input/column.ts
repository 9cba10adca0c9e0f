import { isSafeObjectProperty } from 'n8n-workflow';
import { escapePart, valueAt } from '../../model/pointer';

/** One step into a value, as the editor writes it: `.name`, `['Full Name']`, `["name"]`, `[0]`. */
const STEP = /\.([A-Za-z_]\w*)|\['([^'\\{}\r\n]+)'\]|\["([^"\\{}\r\n]+)"\]|\[(\d+)\]/g;
/** An expression that is nothing but steps into the item: what dragging a column into a field gives. */
const COLUMN = new RegExp(`^=\\{\\{\\s*\\$json((?:${STEP.source.replace(/\((?!\?)/g, '(?:')})+)\\s*\\}\\}$`);

/** There is more to resolve than columns. */
export const UNRESOLVED = Symbol('unresolved');

/**
 * Resolves a stored parameter in which every expression is a column of the item: `{{ $json.name }}`. n8n builds all that
 * an expression could use each time that it evaluates one, which takes longer than anything else that is done with an item
 * before it is sent.
 * @param json of the item
 * @returns the value that n8n would resolve to; UNRESOLVED where only n8n knows it: another expression, a column that this
 * item does not have, or one that is no plain value
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
	// n8n refuses some names, and says so itself.
	if (!names.every(isSafeObjectProperty)) return UNRESOLVED;
	const value = valueAt(json, names.map((name) => `/${escapePart(name)}`).join(''));
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : UNRESOLVED;
}
