import type { ErrorObject } from 'ajv/dist/2020';

import type { Problem } from './types';

/**
 * Converts ajv's errors (allErrors, verbose) into problems. For a union, only errors of the branch that was most likely
 * intended count; each place is named once.
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

/** The place and the problem, without the value: `body.credential_data.client_id is required`. */
export function problemText(problem: Problem): string {
	return `${[problem.in, ...problem.path].join('.')} ${problem.message}`;
}

function relevant(errors: ErrorObject[]): ErrorObject[] {
	let left = errors;
	// ajv reports inner unions before outer ones, so going backwards drops whole branches first.
	for (const union of [...errors].reverse()) {
		if (!left.includes(union) || !['anyOf', 'oneOf'].includes(union.keyword)) continue;
		const branches = (union.schema as unknown[])
			.map((_, i) => left.filter((error) => isWithin(error, union, `${union.schemaPath}/${i}`)))
			.filter((branch) => branch.length > 0);
		// No branch fails if two of a oneOf match; then the union itself is the problem.
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

// A branch with another tag (`type: aws`) or JSON type was not intended, however few errors it has.
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

// A JSON Pointer does not distinguish indexes from names, so the value decides.
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
