import { words } from '../../../model/names';
import type { Lifecycle } from '../all';
import { isPart } from '../../document/part';
import type { Api, ApiOperation } from '../facts';
import { highest } from '../highest';
import { commonWords, isPrefix, shapeOf } from '../paths';
import type { Cycle } from './cycle';

/** A call that shows whether a key works and changes nothing. */
export interface TestCall {
	operation: ApiOperation | undefined;
	why: string;
	sure: number;
}

/** Paths that return the key's owner. */
const WHO =
	/(^|\/)(me|whoami|self|current[-_]?user|caller[-_]?identity|userinfo|user[-_]?info|account|user|profile|viewer|myself|current|identity)$/i;
/** Paths that usually need no key. */
const OPEN =
	/(^|\/)(health\w*|ping|status|ready|readyz|livez|healthz|openapi(\.\w+)?|docs|metrics|version|jwks|\.well-known.*|login|heartbeat)(\/|$)/i;

/** Lists that every account has. */
const COMMON = /(^|\/)(users|organizations|orgs|projects|workspaces|teams|accounts|members)\/?$/i;

/** Finds a harmless call that needs the key: the key's owner, the list itself, its parent's list, or any short list. */
export function testCallOf(lifecycle: Lifecycle, cycle: Cycle): TestCall {
	const { api, roles } = lifecycle;
	const { create, list } = cycle;
	const key = schemesOf(api, create);
	const plain = api.operations.filter((one) => one.method === 'GET' && isPlain(one) && !isOpen(one) && isSameKey(schemesOf(api, one), key));
	const who = plain
		.filter((one) => WHO.test(one.path.text.replace(/\/+$/, '')) && roles.get(one)?.role !== 'list')
		.sort((one, other) => depth(one) - depth(other))[0];
	if (who && depth(who) < 3) return { operation: who, why: 'it answers whose key it is', sure: 0.85 };
	if (list && plain.includes(list)) return { operation: list, why: 'the list itself takes nothing but the key', sure: 0.88 };
	const above = parents(create)
		.map((shape) => plain.find(({ path }) => path.shape === shape))
		.find(Boolean);
	if (above) return { operation: above, why: 'the list of what it belongs to takes nothing but the key', sure: 0.85 };
	const lists = plain.filter((one) => roles.get(one)?.role === 'list');
	const shared = ({ path }: ApiOperation) => commonWords(path, create.path, (text) => !isPrefix(text));
	const best = highest(lists.length > 0 ? lists : plain, (one) => shared(one) * 3 + (COMMON.test(one.path.text) ? 2 : 0) - depth(one));
	if (best) return { operation: best, why: 'a short list that takes nothing but the key', sure: 0.6 };
	const open = api.operations.find((one) => one.method === 'GET' && isPlain(one) && /version|info/i.test(one.path.text));
	return open
		? { operation: open, why: 'nothing else can be read without an id', sure: 0.4 }
		: { operation: list, why: 'nothing can be read without an id', sure: 0.3 };
}

/** The names of an operation's security schemes; undefined if neither it nor the document declares any. */
function schemesOf({ root }: Api, { security }: ApiOperation): Set<string> | undefined {
	const said = security ?? root.security;
	return Array.isArray(said) ? new Set(said.flatMap((one: unknown) => (isPart(one) ? Object.keys(one) : []))) : undefined;
}

function isSameKey(one: Set<string> | undefined, other: Set<string> | undefined): boolean {
	if (!one || !other || one.size === 0 || other.size === 0) return true;
	return [...one].some((name) => other.has(name));
}

function isPlain({ path, inputs, deprecated }: ApiOperation): boolean {
	return (
		!deprecated &&
		path.segments.every(({ variable }) => variable === undefined) &&
		!inputs.some((input) => input.required && (input.in === 'query' || input.in === 'path'))
	);
}

/** Whether an operation declares that it needs no key, or has a path that usually needs none. */
function isOpen({ security, path }: ApiOperation): boolean {
	return security?.length === 0 || OPEN.test(path.text);
}

function depth({ path }: ApiOperation): number {
	return path.segments.filter(({ text }) => !isPrefix(text)).length + words(path.text).length / 100;
}

/** The paths above a create's variables, the closest first. */
function parents({ path }: ApiOperation): string[] {
	return path.segments
		.map(({ variable }, index) => (variable === undefined ? undefined : shapeOf(path.segments.slice(0, index))))
		.filter((shape): shape is string => shape !== undefined)
		.reverse();
}
