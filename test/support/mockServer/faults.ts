import { validateHeaderName, validateHeaderValue } from 'node:http';

import type { Route } from './route';
import type { Fault, RecordedRequest } from './types';

/** The registered faults, with how often each one has matched. */
export interface Faults {
	/** Registers a fault. Throws a TypeError if it cannot be intended. */
	add(fault: Fault): void;
	/** The fault for a request, if any. Every fault that matches counts the request, even if it does not affect it. */
	take(request: RecordedRequest, route: Route): Fault | undefined;
	clear(): void;
}

const CHECKS: Record<keyof Fault, (value: unknown) => boolean> = {
	vendor: isText,
	method: isText,
	path: (value) => isText(value) && value.startsWith('/'),
	times: (value) => value === null || value === Infinity || isCount(value),
	after: isCount,
	every: isCount,
	done: isBoolean,
	status: (value) => isCount(value) && Number.isInteger(value) && value >= 200 && value <= 599,
	retryAfter: (value) => isCount(value) || isText(value),
	delayMs: isCount,
	gather: isCount,
	hang: isBoolean,
	reset: isBoolean,
	body: () => true,
	headers: areHeaders,
	contentType: isText,
	echo: isBoolean,
};

/** Creates an empty list of faults for the given vendors. */
export function faults(vendors: string[]): Faults {
	const all: Array<{ fault: Fault; seen: number; used: number }> = [];
	return {
		add(fault) {
			assertFault(fault, vendors);
			all.push({ fault, seen: 0, used: 0 });
		},
		take(request, route) {
			const fitting = all.filter(({ fault }) => fits(fault, request, route));
			for (const each of fitting) each.seen++;
			const hit = fitting.find(
				({ fault, seen, used }) =>
					seen > (fault.after ?? 0) && (seen - (fault.after ?? 0)) % (fault.every ?? 1) === 0 && used < timesOf(fault),
			);
			if (hit) hit.used++;
			return hit?.fault;
		},
		clear() {
			all.length = 0;
		},
	};
}

function fits(fault: Fault, request: RecordedRequest, route: Route): boolean {
	return (
		(fault.vendor === undefined || route.vendors.includes(fault.vendor)) &&
		(fault.method === undefined || fault.method.toUpperCase() === request.method) &&
		(fault.path === undefined || fault.path === request.path || fault.path === route.operation?.template)
	);
}

// JSON has no Infinity and writes null instead.
function timesOf({ times }: Fault): number {
	return times === null ? Infinity : (times ?? 1);
}

// With a misspelt name, a test would pass because its fault never happens.
function assertFault(fault: Fault, vendors: string[]): void {
	if (fault === null || typeof fault !== 'object' || Array.isArray(fault)) throw new TypeError('A fault is an object');
	for (const [name, value] of Object.entries(fault)) {
		const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Fault] : undefined;
		if (!check) throw new TypeError(`A fault has no "${name}", only ${Object.keys(CHECKS).join(', ')}`);
		if (value !== undefined && !check(value)) throw new TypeError(`"${name}" of a fault cannot be ${JSON.stringify(value)}`);
	}
	if (fault.vendor !== undefined && !vendors.includes(fault.vendor)) {
		throw new TypeError(`There is no vendor "${fault.vendor}", only ${vendors.join(', ')}`);
	}
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function isBoolean(value: unknown): value is boolean {
	return typeof value === 'boolean';
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function areHeaders(value: unknown): boolean {
	if (value === null || typeof value !== 'object') return false;
	try {
		for (const [name, text] of Object.entries(value)) {
			validateHeaderName(name);
			validateHeaderValue(name, text as string);
		}
		return true;
	} catch {
		return false;
	}
}
