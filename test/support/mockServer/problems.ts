import type { ErrorObject } from 'ajv/dist/2020';

import type { Problem } from './types';

/**
 * Turns ajv's errors (allErrors, verbose) into problems. Of a union only the branch that the value was most likely
 * meant for speaks; each place is named once.
 */
export function problemsOf(errors: ErrorObject[], place: Problem['in'], path: string[], value: unknown): Problem[] {
	const seen = new Set<string>();
	return relevant(errors)
		.map((error) => problemOf(error, place, path, value))
		.filter((problem) => {
			const where = JSON.stringify(problem.path);
			return !seen.has(where) && seen.add(where);
		});
}

/** Says where and what, without a value: `body.credential_data.client_id is required`. */
export function problemText(problem: Problem): string {
	return `${[problem.in, ...problem.path].join('.')} ${problem.message}`;
}

function relevant(errors: ErrorObject[]): ErrorObject[] {
	let left = errors;
	// ajv reports inner unions before the ones around them, so going backwards drops whole branches first.
	for (const union of [...errors].reverse()) {
		if (!left.includes(union) || !['anyOf', 'oneOf'].includes(union.keyword)) continue;
		const branches = (union.schema as unknown[])
			.map((_, i) => left.filter((error) => isWithin(error, union, `${union.schemaPath}/${i}`)))
			.filter((branch) => branch.length > 0);
		// No branch failed where a oneOf has two that fit: then the union itself is the problem.
		if (branches.length === 0) continue;
		const likely = branches.reduce((best, branch) => (distance(branch, union) < distance(best, union) ? branch : best));
		const others = new Set([union, ...branches.filter((branch) => branch !== likely).flat()]);
		left = left.filter((error) => !others.has(error));
	}
	return left;
}

function isWithin(error: ErrorObject, union: ErrorObject, branchPath: string): boolean {
	const here = union.instancePath;
	return (error.instancePath === here || error.instancePath.startsWith(`${here}/`)) && error.schemaPath.startsWith(`${branchPath}/`);
}

// A branch that wants another tag (`type: aws`) or another JSON type was not meant, however few its errors are.
function distance(branch: ErrorObject[], union: ErrorObject): number {
	let points = branch.length;
	for (const error of branch) {
		const below = error.instancePath.slice(union.instancePath.length);
		if (['const', 'enum', 'pattern'].includes(error.keyword) && /^\/[^/]+$/.test(below)) points += 1000;
		if (['const', 'enum', 'type'].includes(error.keyword) && below === '') points += 100;
	}
	return points;
}

function problemOf(error: ErrorObject, place: Problem['in'], path: string[], value: unknown): Problem {
	const missing = error.keyword === 'required' ? error.params.missingProperty : undefined;
	const extra = error.params.additionalProperty ?? error.params.unevaluatedProperty;
	const name = missing ?? extra;
	return {
		in: place,
		path: [...path, ...wayTo(error.instancePath, value), ...(name === undefined ? [] : [name])],
		keyword: error.keyword,
		params: error.params,
		message: missing === undefined ? (error.message ?? 'is not valid') : 'is required',
		value: error.data,
	};
}

// A JSON pointer does not tell an index from a name: the value does.
function wayTo(pointer: string, value: unknown): Array<string | number> {
	let here = value;
	return pointer
		.split('/')
		.slice(1)
		.map((part) => {
			const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
			const step = Array.isArray(here) ? Number(name) : name;
			here = (here as Record<string | number, unknown> | undefined)?.[step];
			return step;
		});
}
